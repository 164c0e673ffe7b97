package dev.knothole.protocol.link.handshake;

import dev.knothole.protocol.link.crypto.LinkSecret;

/// Where a handshake stands. The secret exists in one state only, and that state has a peer.
public sealed interface HandshakeState {
  /// More bytes of the peer are needed.
  record Running() implements HandshakeState {}

  /// The peer is authenticated.
  record Established(LinkSecret secret, Fingerprint peer) implements HandshakeState {}

  /// The handshake is over; what is left to be sent tells the peer.
  ///
  /// @param detail for a log
  record Failed(HandshakeFailure reason, String detail) implements HandshakeState {}
}
