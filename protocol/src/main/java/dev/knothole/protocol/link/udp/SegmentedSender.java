package dev.knothole.protocol.link.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Many datagrams with one call: the kernel cuts them (UDP_SEGMENT, Linux 4.18). The size goes with
/// each call as a control message, so no call depends on what another one left in the socket.
final class SegmentedSender {
  private final Descriptor descriptor;
  private final Message message;
  private @Nullable InetSocketAddress written;
  private int nameLength;

  /// @param bytes direct; what is sent lies there, from its beginning
  SegmentedSender(Descriptor descriptor, ByteBuffer bytes) {
    this.descriptor = descriptor;
    message = new Message(bytes);
  }

  enum Outcome {
    SENT,

    /// The kernel cannot, or cannot with this size; nothing was sent.
    REFUSED,

    FULL,
    LOST
  }

  /// Sends the first `length` bytes as datagrams of `segmentSize`, the last of what is left.
  Outcome send(int length, int segmentSize, InetSocketAddress to) {
    if (!to.equals(written)) {
      nameLength = NativeAddress.write(to, descriptor.family(), message.name());
      written = to;
    }
    if (nameLength == 0) {
      return Outcome.LOST;
    }
    int result = message.send(descriptor.number(), nameLength, length, segmentSize);
    return result >= 0 ? Outcome.SENT : outcome(-result);
  }

  /// EIO: the device sums no checksums. EINVAL: the kernel is older, too many segments, or (older
  /// kernels) larger than the path's MTU. EMSGSIZE: the same, of newer ones.
  private static Outcome outcome(int error) {
    return switch (error) {
      case SocketCalls.EIO,
          SocketCalls.EINVAL,
          SocketCalls.EMSGSIZE,
          SocketCalls.ENOPROTOOPT,
          SocketCalls.EOPNOTSUPP ->
          Outcome.REFUSED;
      case SocketCalls.EAGAIN -> Outcome.FULL;
      default -> Outcome.LOST;
    };
  }
}
