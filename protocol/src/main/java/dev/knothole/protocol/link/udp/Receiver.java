package dev.knothole.protocol.link.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The receiving half of a socket; one thread at a time, but for [#wake].
final class Receiver {
  /// After an error, so that one that persists does not keep a core busy.
  private static final long PAUSE_NANOS = 1_000_000;

  private final DatagramChannel channel;
  private final Selector arrival;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Batch.MAX_BYTES);
  private @Nullable CoalescedReceiver coalesced;
  private boolean asked;

  Receiver(DatagramChannel channel) throws IOException {
    this.channel = channel;
    arrival = Selector.open();
    channel.register(arrival, SelectionKey.OP_READ);
  }

  /// Uses the kernel's offload from now on, if it is there and not in use.
  void use(@Nullable Descriptor descriptor) {
    if (descriptor != null && !asked) {
      asked = true;
      var receiver = new CoalescedReceiver(descriptor, bytes);
      coalesced = receiver.start() ? receiver : null;
    }
  }

  /// @return whether something was there
  boolean poll(Batch batch) {
    try {
      return coalesced == null ? pollOne(batch) : coalesced.receive(batch);
    } catch (IOException _) {
      // What an earlier datagram met, or a network that is gone for a while.
      LockSupport.parkNanos(PAUSE_NANOS);
      return false;
    }
  }

  private boolean pollOne(Batch batch) throws IOException {
    bytes.clear();
    var from = (InetSocketAddress) channel.receive(bytes);
    if (from == null) {
      return false;
    }
    batch.fill(bytes.flip(), bytes.limit(), from);
    return true;
  }

  /// Waits until something is there, or [#wake] was called, or the thread was interrupted.
  void await() {
    try {
      arrival.select();
      arrival.selectedKeys().clear();
    } catch (IOException _) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void wake() {
    arrival.wakeup();
  }

  void close() throws IOException {
    arrival.close();
  }
}
