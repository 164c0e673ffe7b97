package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.stun.BindingRequest;

/// What can reach [Rendezvous]: a datagram that is something.
public sealed interface RendezvousInput {
  Endpoint from();

  /// @param door which of the relay's sockets it came to; answers leave through the same one,
  ///     because a NAT lets nothing else in
  record Said(Endpoint from, int door, Message message) implements RendezvousInput {}

  record AskedStun(Endpoint from, int door, BindingRequest request) implements RendezvousInput {}
}
