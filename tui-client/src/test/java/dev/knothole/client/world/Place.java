package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// A network that hosts can be in.
public abstract sealed class Place permits SimulatedInternet, SimulatedNat.Inside {
  private final Map<Endpoint, Socket> sockets = new HashMap<>();

  /// Starts a program on a host of its own.
  ///
  /// @param maker makes the program that uses the socket
  public <P extends Program> P open(int port, Function<Socket, P> maker) {
    return open(new Endpoint(nextAddress(), port), maker);
  }

  /// Starts a program on a host that is there already, or was once.
  public <P extends Program> P open(Endpoint address, Function<Socket, P> maker) {
    if (sockets.containsKey(address)) {
      throw new IllegalArgumentException(address + " is in use");
    }
    Socket socket = new Socket(this, address);
    sockets.put(address, socket);
    P program = maker.apply(socket);
    socket.run(program);
    return program;
  }

  void close(Socket socket) {
    sockets.remove(socket.local(), socket);
  }

  boolean holds(Endpoint address) {
    return sockets.containsKey(address);
  }

  void arrive(Endpoint from, Endpoint to, byte[] bytes) {
    Socket socket = sockets.get(to);
    if (socket != null) {
      socket.arrived(from, bytes);
    }
  }

  abstract SimulatedInternet internet();

  abstract InetAddress nextAddress();

  /// Takes what a host of this place sends.
  abstract void carry(Endpoint from, Endpoint to, byte[] bytes);
}
