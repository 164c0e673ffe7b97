package dev.knothole.protocol.link.handshake;

/// Why a handshake came to nothing.
public enum HandshakeFailure {
  /// The peer holds another key than the one that is expected.
  WRONG_PEER,
  /// The peer showed no certificate.
  NO_CERTIFICATE,
  /// The peer's certificate is not one of an ECDSA key on P-256.
  UNSUITABLE_CERTIFICATE,
  /// The peer speaks another version.
  WRONG_VERSION,
  /// The peer's ML-KEM key or ciphertext is none.
  KEM,
  /// TLS is sound, but the two ends have seen different keys for ML-KEM: somebody is in between.
  KEYS_DIFFER,
  /// The peer refused; it may not have told why.
  REFUSED_BY_PEER,
  /// TLS failed for a reason of its own.
  TLS,
  /// The peer's messages are not those of a handshake.
  MALFORMED
}
