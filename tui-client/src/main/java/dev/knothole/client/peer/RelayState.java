package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Instant;

/// How we stand with the relay.
public sealed interface RelayState {
  /// There is no relay to talk to, or its name is still being looked up.
  record None() implements RelayState {}

  /// Asked to register, not acknowledged yet.
  record Registering(Endpoint relay) implements RelayState {}

  /// Known there by this name, in the open dialect, which proves nothing and hides nothing.
  record Online(Endpoint relay, Username name) implements RelayState {}

  /// Known there by this name, over a link: the name is ours, and calls are private.
  record SignedIn(Endpoint relay, Username name) implements RelayState {}

  /// The name belongs to somebody else's key at this relay; another one can be taken.
  record NameTaken(Endpoint relay, Username name) implements RelayState {}

  /// The same key has signed in with the name elsewhere since, on another machine or in another
  /// window. Signing in again takes the name back.
  record Superseded(Endpoint relay, Username name) implements RelayState {}

  /// The relay does not hold the key that is pinned for its address, so nothing is said to it.
  ///
  /// @param seen the key it showed, to be given to [PeerInput.PinRelay] if the user trusts it
  record KeyChanged(Endpoint relay, Fingerprint seen) implements RelayState {}

  /// Was online; the relay has not answered since then.
  record Silent(Endpoint relay, Instant since) implements RelayState {}
}
