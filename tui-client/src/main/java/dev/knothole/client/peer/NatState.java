package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;

/// What the relay's view tells about the NAT in front of us.
public sealed interface NatState {
  record Unknown() implements NatState {}

  /// @param portKept whether the NAT left our port number as it is
  record Seen(Endpoint publicAddress, boolean portKept) implements NatState {}
}
