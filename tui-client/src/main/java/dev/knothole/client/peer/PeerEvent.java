package dev.knothole.client.peer;

import java.time.Duration;

/// What the user would notice.
public sealed interface PeerEvent {
  record RelayChanged(RelayState state) implements PeerEvent {}

  record NatChanged(NatState state) implements PeerEvent {}

  /// A chat's connection changed; the first such event for a peer opens the chat.
  record LinkChanged(PeerId peer, Link link) implements PeerEvent {}

  /// A peer said something.
  record Said(PeerId peer, String text) implements PeerEvent {}

  /// The answer to [PeerInput.Ping].
  record Measured(PeerId peer, Duration rtt) implements PeerEvent {}
}
