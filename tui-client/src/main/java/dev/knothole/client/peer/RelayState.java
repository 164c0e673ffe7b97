package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.time.Instant;

/// How we stand with the relay.
public sealed interface RelayState {
  /// There is no relay to talk to, or its name is still being looked up.
  record None() implements RelayState {}

  /// Asked to register, not acknowledged yet.
  record Registering(Endpoint relay) implements RelayState {}

  record Online(Endpoint relay, Username name) implements RelayState {}

  /// Was online; the relay has not answered since then.
  record Silent(Endpoint relay, Instant since) implements RelayState {}
}
