package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.stun.BindingResponse;
import java.util.HashMap;
import java.util.Map;

/// A relay in the simulated world.
public final class SimulatedRelay implements Program {
  private final Socket socket;
  private final Map<Username, Endpoint> addresses = new HashMap<>();
  private final Map<Endpoint, Username> names = new HashMap<>();
  private final Map<Endpoint, Endpoint> sessions = new HashMap<>();

  public SimulatedRelay(Socket socket) {
    this.socket = socket;
  }

  public Endpoint address() {
    return socket.local();
  }

  /// Forgets everything, as a relay that is started again does.
  public void restart() {
    addresses.clear();
    names.clear();
    sessions.clear();
  }

  public void stop() {
    socket.close();
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    try {
      switch (MessageJson.decode(bytes)) {
        case Message.Register(var name, var stun) -> {
          end(from);
          addresses.put(name, from);
          names.put(from, name);
          say(from, new Message.RegisterAck());
          if (stun != null) {
            socket.send(from, new BindingResponse(stun, from, false).encode());
          }
        }
        case Message.Connect(var target) -> connect(from, target);
        case Message.SessionFinished() -> end(from);
        default -> {}
      }
    } catch (MalformedMessage e) {
      // Dropped.
    }
  }

  private void connect(Endpoint from, Username target) {
    Endpoint to = addresses.get(target);
    Username name = names.get(from);
    if (to == null || name == null || to.equals(from)) {
      say(from, new Message.TargetNotFound());
      return;
    }
    Endpoint engaged = sessions.get(to);
    if (engaged != null) {
      say(from, engaged.equals(from) ? new Message.PeerInfo(to, target) : new Message.TargetBusy());
      return;
    }
    end(from);
    sessions.put(from, to);
    sessions.put(to, from);
    say(from, new Message.PeerInfo(to, target));
    say(to, new Message.PeerInfo(from, name));
  }

  private void end(Endpoint one) {
    Endpoint other = sessions.remove(one);
    if (other != null) {
      sessions.remove(other);
    }
  }

  private void say(Endpoint to, Message message) {
    socket.send(to, MessageJson.encode(message));
  }

  @Override
  public void due() {}
}
