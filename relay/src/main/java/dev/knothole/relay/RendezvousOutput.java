package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.stun.BindingRequest;

/// What [Rendezvous] wants sent.
public sealed interface RendezvousOutput {
  Endpoint to();

  /// Which of the relay's sockets it leaves through.
  int door();

  record Say(Endpoint to, int door, Message.FromRelay message) implements RendezvousOutput {}

  /// Answer a binding request that came, or counts as come, from `to`.
  record AnswerStun(Endpoint to, int door, BindingRequest request) implements RendezvousOutput {}
}
