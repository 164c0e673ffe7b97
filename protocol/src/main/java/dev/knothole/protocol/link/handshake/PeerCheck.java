package dev.knothole.protocol.link.handshake;

/// Decides whether a peer is one that is expected: pinned, or welcome for another reason. It is
/// asked before the peer has proven that it holds the key, so it must not remember the peer yet.
@FunctionalInterface
public interface PeerCheck {
  boolean accepts(Fingerprint peer);
}
