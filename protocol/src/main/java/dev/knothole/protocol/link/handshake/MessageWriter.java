package dev.knothole.protocol.link.handshake;

import java.io.ByteArrayOutputStream;

/// Collects the messages that are to be sent.
final class MessageWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// Writes a message; nothing if the body is empty.
  void write(MessageKind kind, byte[] body) {
    if (body.length > 0) {
      out.write(kind.number());
      out.write(body.length >> 8);
      out.write(body.length);
      out.writeBytes(body);
    }
  }

  byte[] take() {
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }
}
