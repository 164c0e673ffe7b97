package dev.knothole.protocol.link.bench.load;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The head of a stream: what the served end shall do with it.
///
/// @param size of each message, echoed or sent
/// @param amount how many bytes are sent, in messages of that size; none is as echoing
record Wish(int size, long amount) {
  static final long WITHOUT_END = Long.MAX_VALUE;
  private static final int LENGTH = Integer.BYTES + Long.BYTES;

  static Wish echo(int size) {
    return new Wish(size, 0);
  }

  boolean isEcho() {
    return amount == 0;
  }

  void writeTo(ByteStream stream) throws IOException {
    stream.write(ByteBuffer.allocate(LENGTH).putInt(size).putLong(amount).array(), 0, LENGTH);
  }

  /// Empty if the stream ended instead.
  static Optional<Wish> readFrom(ByteStream stream) throws IOException {
    byte[] head = new byte[LENGTH];
    if (!stream.readFully(head)) {
      return Optional.empty();
    }
    var fields = ByteBuffer.wrap(head);
    return Optional.of(new Wish(fields.getInt(), fields.getLong()));
  }
}
