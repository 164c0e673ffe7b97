package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.relay.RelayCore;
import dev.knothole.relay.Rendezvous;

/// The real relay, in the simulated world.
public final class SimulatedRelay implements Program {
  /// It has but one socket.
  private static final int DOOR = 0;

  private final Socket socket;
  private final boolean foreign;
  private Identity identity;
  private RelayCore core;

  private SimulatedRelay(Socket socket, boolean foreign) {
    this.socket = socket;
    this.foreign = foreign;
    identity = Identity.generate(new SeededRandom(socket.random().nextLong()));
    core = begin();
  }

  /// One that speaks links.
  public static SimulatedRelay ours(Socket socket) {
    return new SimulatedRelay(socket, false);
  }

  /// One of the open dialect only, as others have built.
  public static SimulatedRelay foreign(Socket socket) {
    return new SimulatedRelay(socket, true);
  }

  private RelayCore begin() {
    return RelayCore.forgetful(
        Rendezvous.Limits.DEFAULT,
        identity,
        new SeededRandom(socket.random().nextLong()),
        (to, _, datagram) -> socket.send(to, datagram));
  }

  public Endpoint address() {
    return socket.local();
  }

  /// Forgets everything, as a relay that is started again does.
  public void restart() {
    core = begin();
  }

  /// Somebody else answers at its address from now on.
  public void becomeAnother() {
    identity = Identity.generate(new SeededRandom(socket.random().nextLong()));
    restart();
  }

  public void stop() {
    socket.close();
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    try {
      core.received(foreign ? understood(bytes) : bytes, from, DOOR, socket.now());
    } catch (MalformedMessage e) {
      // Dropped, as the relay's own socket loop does.
    }
    sleep();
  }

  /// What others have built knows no field but the name, and dies of what is not JSON.
  private static byte[] understood(byte[] bytes) throws MalformedMessage {
    if (bytes[0] != '{' && bytes[0] != '"') {
      throw new AssertionError("a relay of the open dialect was sent something else");
    }
    return MessageJson.decode(bytes) instanceof Message.Register(var name, _)
        ? MessageJson.encode(new Message.Register(name))
        : bytes;
  }

  @Override
  public void due() {
    core.tick(socket.now());
    sleep();
  }

  private void sleep() {
    var wake = core.wakeAt();
    var soonest = socket.now().plusNanos(1);
    socket.wakeAt(wake.isBefore(soonest) ? soonest : wake);
  }
}
