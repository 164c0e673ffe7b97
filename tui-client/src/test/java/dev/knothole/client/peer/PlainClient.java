package dev.knothole.client.peer;

import dev.knothole.client.world.Program;
import dev.knothole.client.world.Socket;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A program of the dialect as others write it: registers until it is acknowledged, sends one punch
/// when introduced, answers pings, and dies of whatever it does not know.
final class PlainClient implements Program {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Endpoint relay;
  private final Username name;
  private @Nullable Socket socket;

  PlainClient(Endpoint relay, String name) {
    this.relay = relay;
    this.name = new Username(name);
  }

  PlainClient on(Socket opened) {
    socket = opened;
    due();
    return this;
  }

  PeerId id() {
    return new PeerId.Named(name);
  }

  void say(Endpoint to, Message message) {
    if (socket != null) {
      socket.send(to, MessageJson.encode(message));
    }
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    try {
      switch (MessageJson.decode(bytes)) {
        case Message.RegisterAck() -> rest();
        case Message.PeerInfo(var peer, _) -> say(peer, Message.DirectMessage.PUNCH);
        case Message.Ping() -> say(from, new Message.Pong());
        default -> {}
      }
    } catch (MalformedMessage e) {
      throw new AssertionError("a plain client dies of this", e);
    }
  }

  private void rest() {
    if (socket != null) {
      socket.wakeAt(Instant.MAX);
    }
  }

  @Override
  public void due() {
    if (socket != null) {
      say(relay, new Message.Register(name));
      socket.wakeAt(socket.now().plus(PATIENCE));
    }
  }
}
