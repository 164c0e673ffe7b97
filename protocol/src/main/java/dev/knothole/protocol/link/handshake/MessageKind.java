package dev.knothole.protocol.link.handshake;

import dev.knothole.protocol.MalformedMessage;

/// The messages of a handshake.
enum MessageKind {
  /// Version, and a key or ciphertext of ML-KEM.
  HELLO(1),
  /// Some bytes of TLS.
  TLS(2),
  /// Proof of the client that it came to the same secret.
  CONFIRM(3);

  private final int number;

  MessageKind(int number) {
    this.number = number;
  }

  /// What stands for it on the wire.
  int number() {
    return number;
  }

  static MessageKind of(byte number) throws MalformedMessage {
    return switch (number) {
      case 1 -> HELLO;
      case 2 -> TLS;
      case 3 -> CONFIRM;
      default -> throw new MalformedMessage("an unknown message of the handshake");
    };
  }
}
