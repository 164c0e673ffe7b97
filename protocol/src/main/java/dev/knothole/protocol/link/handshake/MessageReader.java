package dev.knothole.protocol.link.handshake;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;

/// Cuts the peer's stream into messages. It holds what has been appended and not yet read, which
/// [HandshakeEngine#MAX_BYTES] bounds.
final class MessageReader {
  static final int HEADER_BYTES = 3;

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private MessageKind kind = MessageKind.HELLO;
  private byte[] body = {};

  void append(ByteBuffer bytes) {
    buffer =
        ByteBuffer.allocate(buffer.remaining() + bytes.remaining()).put(buffer).put(bytes).flip();
  }

  /// Reads the next message if it is there as a whole.
  boolean next() throws MalformedMessage {
    if (!buffer.hasRemaining()) {
      return false;
    }
    kind = MessageKind.of(buffer.get(buffer.position()));
    if (buffer.remaining() < HEADER_BYTES) {
      return false;
    }
    int length = buffer.getShort(buffer.position() + 1) & 0xFFFF;
    if (buffer.remaining() < HEADER_BYTES + length) {
      return false;
    }
    body = new byte[length];
    buffer.position(buffer.position() + HEADER_BYTES).get(body);
    return true;
  }

  MessageKind kind() {
    return kind;
  }

  byte[] body() {
    return body;
  }
}
