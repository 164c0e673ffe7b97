package dev.knothole.relay;

import dev.knothole.protocol.Username;
import java.time.Instant;

/// Somebody wants to talk to somebody.
///
/// @param number what the one called answers with
/// @param until when it is given up
record Call(long number, Caller caller, ClientSession target, Instant until) {
  /// Who wants to talk.
  sealed interface Caller {
    Username name();

    /// Over a link.
    record Sealed(ClientSession session, Username name) implements Caller {}

    /// In the open dialect.
    record Plain(Gate gate, Username name) implements Caller {}
  }
}
