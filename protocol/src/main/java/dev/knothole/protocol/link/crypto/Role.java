package dev.knothole.protocol.link.crypto;

/// Which end of the handshake one is; after it, only the direction of the keys tells them apart.
public enum Role {
  CLIENT("client"),
  SERVER("server");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// The role at the other end.
  public Role peer() {
    return this == CLIENT ? SERVER : CLIENT;
  }

  /// The secret of what this role sends.
  byte[] secret(byte[] common) {
    return Hkdf.expandLabel(common, "knothole " + word, Hkdf.HASH_BYTES);
  }
}
