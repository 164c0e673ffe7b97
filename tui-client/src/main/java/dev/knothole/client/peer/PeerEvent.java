package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.PeerTalk;
import java.time.Duration;

/// What the user would notice.
public sealed interface PeerEvent {
  record RelayChanged(RelayState state) implements PeerEvent {}

  record NatChanged(NatState state) implements PeerEvent {}

  /// A chat's connection changed; the first such event for a peer opens the chat.
  record LinkChanged(PeerId peer, Link link) implements PeerEvent {}

  /// Somebody wants to talk; [PeerInput.Accept] or [PeerInput.Reject] is the answer. Said again
  /// when they ask again.
  ///
  /// @param key what they have proven to the relay to hold
  record Calling(Username peer, Fingerprint key) implements PeerEvent {}

  /// The same in the open dialect, where a name proves nothing.
  record CallingPlainly(Username peer) implements PeerEvent {}

  /// They do not want to talk any more, or have left.
  record CallEnded(Username peer) implements PeerEvent {}

  /// Who was to be reached speaks the open dialect only; [PeerInput.ConnectPlainly] goes on, if the
  /// user wants to without encryption. The link is [Link.Asking] until then.
  record PlainOnly(Username peer) implements PeerEvent {}

  /// A peer said something over a private link: [PeerTalk.Hello] first, never
  /// [PeerTalk.Candidates].
  record Heard(Username peer, PeerTalk talk) implements PeerEvent {}

  /// A relay has shown this key for the first time. It is pinned from now on, and to be remembered.
  record RelayPinned(Endpoint relay, Fingerprint key) implements PeerEvent {}

  /// A peer said something in the open dialect.
  record Said(PeerId peer, String text) implements PeerEvent {}

  /// The answer to [PeerInput.Ping].
  record Measured(PeerId peer, Duration rtt) implements PeerEvent {}
}
