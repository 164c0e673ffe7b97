package dev.knothole.protocol.link.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Many datagrams of one sender with one call: the kernel glues together those of one size
/// (UDP_GRO, Linux 5.0) and tells the size, so that they can be cut apart exactly as they were.
final class CoalescedReceiver {
  private static final int SOL_UDP = 17;
  private static final int UDP_GRO = 104;

  private final Descriptor descriptor;
  private final ByteBuffer bytes;
  private final Message message;
  private final NativeAddress addresses = new NativeAddress();

  /// @param bytes direct; what is received passes through it
  CoalescedReceiver(Descriptor descriptor, ByteBuffer bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
    message = new Message(bytes);
  }

  /// From here on a plain receive would not be told where datagrams end.
  ///
  /// @return false if this kernel does not glue
  boolean start() {
    return descriptor.set(SOL_UDP, UDP_GRO, 1);
  }

  /// @return whether something was there
  boolean receive(Batch batch) throws IOException {
    int length = message.receive(descriptor.number());
    if (length < 0 && length != -SocketCalls.EAGAIN) {
      throw new IOException("receiving failed with error " + -length);
    }
    InetSocketAddress from = length < 0 ? null : addresses.read(message.name());
    if (from == null) {
      return false;
    }
    batch.fill(bytes.clear().limit(length), message.segmentSize(length), from);
    return true;
  }
}
