package dev.knothole.protocol.link.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What one receive brought: a datagram, or several of one sender that the kernel glued together.
/// One is reused for all receives of a thread.
///
/// ```
/// while (socket.receive(batch)) {
///   for (int at = 0; at < batch.length(); at += batch.segmentSize()) {
///     packet.datagram(batch.bytes(), at, batch.lengthAt(at));
///   }
/// }
/// ```
public final class Batch {
  /// The longest a datagram can be, and the most that the kernel glues together.
  static final int MAX_BYTES = 65_535;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int length;
  private int segmentSize = 1;
  private @Nullable InetSocketAddress from;

  /// The bytes, from the beginning; good until the next receive, and free to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// Of all datagrams together. An empty datagram makes an empty batch.
  public int length() {
    return length;
  }

  /// The length of every datagram but the last, which may be shorter. At least 1.
  public int segmentSize() {
    return segmentSize;
  }

  /// The length of the datagram that begins at `offset`.
  public int lengthAt(int offset) {
    return Math.min(segmentSize, length - offset);
  }

  /// The sender. As long as few peers take turns it is the same object for the same sender, so
  /// comparing by `==` first is worth it.
  ///
  /// @throws IllegalStateException before the first receive
  public InetSocketAddress from() {
    if (from == null) {
      throw new IllegalStateException("nothing was received yet");
    }
    return from;
  }

  /// Takes what `source` holds from its position to its limit.
  void fill(ByteBuffer source, int size, InetSocketAddress sender) {
    length = source.remaining();
    source.get(bytes, 0, length);
    segmentSize = Math.max(1, size);
    from = sender;
  }
}
