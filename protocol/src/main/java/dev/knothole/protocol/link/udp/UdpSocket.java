package dev.knothole.protocol.link.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryIteratorException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// One UDP port, IPv4 and IPv6. Any thread may send; one at a time receives. It stays unconnected,
/// so that no peer's "port unreachable" ends it, and no interrupted thread ends it either.
public final class UdpSocket implements AutoCloseable {
  /// Half a second at 60 Mbit/s: for so long a full collection or a busy machine may keep the
  /// reader from its work. Many kernels grant less unless told otherwise.
  private static final int WANTED_BUFFER = 4 << 20;

  private final DatagramChannel channel;
  private final InetSocketAddress address;
  private final Offload offload;
  private final Receiver receiver;
  private final Sender sender;
  private final Density sentDensity = new Density();
  private final Density receivedDensity = new Density();
  private final AtomicBoolean offloadSought = new AtomicBoolean();

  /// Held while the kernel is called with the descriptor, which after [#close] may be another
  /// file's. Both are taken in this order.
  private final ReentrantLock receiving = new ReentrantLock();

  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock closing = new ReentrantLock();
  private volatile @Nullable Descriptor descriptor;
  private volatile boolean closed;

  private UdpSocket(DatagramChannel channel, Offload offload) throws IOException {
    this.channel = channel;
    this.offload = offload;
    address = (InetSocketAddress) channel.getLocalAddress();
    receiver = new Receiver(channel);
    sender = new Sender(channel);
  }

  /// @param bind port 0 for any; the wildcard address for both families
  /// @throws IOException mostly a [java.net.BindException]: the port is taken, the address is not
  ///     this machine's
  public static UdpSocket open(InetSocketAddress bind, Offload offload) throws IOException {
    var channel = DatagramChannel.open();
    try {
      channel.configureBlocking(false);
      prefer(channel, StandardSocketOptions.SO_RCVBUF, WANTED_BUFFER);
      prefer(channel, StandardSocketOptions.SO_SNDBUF, WANTED_BUFFER);
      prefer(channel, ExtendedSocketOptions.IP_DONTFRAGMENT, true);
      channel.bind(bind);
      var socket = new UdpSocket(channel, offload);
      if (offload == Offload.AT_ONCE) {
        socket.seekOffload();
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static <T> void prefer(DatagramChannel channel, SocketOption<T> option, T value) {
    try {
      channel.setOption(option, value);
    } catch (IOException | UnsupportedOperationException _) {
      // It works without, only not as well.
    }
  }

  /// What the socket is bound to, with its real port.
  public InetSocketAddress address() {
    return address;
  }

  /// The receive buffer that the kernel granted, in bytes; 4 MiB were asked for.
  public int receiveBuffer() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /// The send buffer that the kernel granted, in bytes; 4 MiB were asked for.
  public int sendBuffer() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_SNDBUF);
  }

  /// Waits for what comes next. Best called by a platform thread, see the package.
  ///
  /// @return false, and then for ever, once the socket is closed; and while the thread is
  ///     interrupted
  public boolean receive(Batch batch) {
    receiving.lock();
    try {
      while (!closed && !Thread.currentThread().isInterrupted()) {
        receiver.use(descriptor);
        if (!receiver.poll(batch)) {
          receiver.await();
        } else if (batch.from().getPort() != 0) {
          // Nothing can be answered to port 0, which only forgers send from.
          note(receivedDensity, 1);
          return true;
        }
      }
      return false;
    } finally {
      receiving.unlock();
    }
  }

  /// Takes what has come meanwhile, without waiting.
  ///
  /// @return false if there is nothing
  public boolean receiveMore(Batch batch) {
    receiving.lock();
    try {
      boolean more = !closed && receiver.poll(batch) && batch.from().getPort() != 0;
      if (more) {
        note(receivedDensity, 1);
      }
      return more;
    } finally {
      receiving.unlock();
    }
  }

  /// Sends one datagram or many of one size. Waits at most some milliseconds, for room in the send
  /// buffer.
  ///
  /// @param segmentSize of every datagram but the last, which is what is left
  public Sent send(byte[] bytes, int offset, int length, int segmentSize, InetSocketAddress to) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (segmentSize < 1) {
      throw new IllegalArgumentException("datagrams of " + segmentSize + " bytes");
    }
    sending.lock();
    try {
      if (closed) {
        return Sent.LOST;
      }
      sender.use(descriptor);
      note(sentDensity, length / segmentSize);
      return sender.send(bytes, offset, length, segmentSize, to);
    } finally {
      sending.unlock();
    }
  }

  /// Whether the kernel cuts what is sent; false before it is worth it and after it refused.
  boolean segmentsWhatIsSent() {
    sending.lock();
    try {
      sender.use(closed ? null : descriptor);
      return sender.usesOffload();
    } finally {
      sending.unlock();
    }
  }

  /// For what only the kernel can be told.
  @Nullable Descriptor descriptor() {
    return descriptor;
  }

  private void note(Density density, int datagrams) {
    if (offload == Offload.WHEN_BUSY
        && !offloadSought.get()
        && density.reached(datagrams, System.nanoTime())
        && offloadSought.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("udp-offload").start(this::seekOffload);
    }
  }

  private void seekOffload() {
    if (!Descriptor.canBeFound()) {
      return;
    }
    closing.lock();
    try {
      if (!closed) {
        Descriptor.of(channel).ifPresent(this::found);
      }
    } catch (IOException | DirectoryIteratorException | LinkageError _) {
      // No /proc, or a C library that lacks something: datagrams go one by one, as before.
    } finally {
      closing.unlock();
    }
  }

  private void found(Descriptor found) {
    found.probePathMtu();
    descriptor = found;
  }

  /// Ends a waiting [#receive]; what is under way is finished.
  @Override
  public void close() {
    closing.lock();
    try {
      closed = true;
    } finally {
      closing.unlock();
    }
    receiver.wake();
    receiving.lock();
    sending.lock();
    try {
      receiver.close();
      sender.close();
      channel.close();
    } catch (IOException _) {
      // Nothing is left that could be done about it.
    } finally {
      sending.unlock();
      receiving.unlock();
    }
  }
}
