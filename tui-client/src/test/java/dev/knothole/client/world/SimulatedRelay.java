package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.stun.BindingRequest;
import dev.knothole.protocol.stun.Stun;
import dev.knothole.relay.Rendezvous;
import dev.knothole.relay.RendezvousInput;
import dev.knothole.relay.RendezvousOutput;

/// The real relay, in the simulated world.
public final class SimulatedRelay implements Program {
  /// It has but one socket.
  private static final int DOOR = 0;

  private final Socket socket;
  private Rendezvous rendezvous = new Rendezvous(Rendezvous.Limits.DEFAULT);

  public SimulatedRelay(Socket socket) {
    this.socket = socket;
  }

  public Endpoint address() {
    return socket.local();
  }

  /// Forgets everything, as a relay that is started again does.
  public void restart() {
    rendezvous = new Rendezvous(Rendezvous.Limits.DEFAULT);
  }

  public void stop() {
    socket.close();
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    try {
      rendezvous.handle(read(from, bytes), socket.now()).forEach(this::perform);
    } catch (MalformedMessage e) {
      // Dropped, as the relay's own socket loop does.
    }
  }

  private static RendezvousInput read(Endpoint from, byte[] bytes) throws MalformedMessage {
    return Stun.isStun(bytes)
        ? new RendezvousInput.AskedStun(from, DOOR, BindingRequest.decode(bytes))
        : new RendezvousInput.Said(from, DOOR, MessageJson.decode(bytes));
  }

  private void perform(RendezvousOutput output) {
    socket.send(
        output.to(),
        switch (output) {
          case RendezvousOutput.Say(_, _, var message) -> MessageJson.encode(message);
          case RendezvousOutput.AnswerStun(var to, _, var request) -> request.answer(to);
        });
  }

  @Override
  public void due() {}
}
