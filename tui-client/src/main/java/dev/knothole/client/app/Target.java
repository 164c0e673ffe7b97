package dev.knothole.client.app;

import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;

/// What `/connect` was asked to reach.
public sealed interface Target {
  record Peer(PeerId id) implements Target {}

  /// A host name that must be looked up first.
  record Host(String name, int port) implements Target {}

  /// Reads `bob`, `192.0.2.7:4000`, `[2001:db8::1]:4000` or `example.org:4000`.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  static Target parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 && text.matches("\\d+(\\.\\d+){3}")) {
      throw new IllegalArgumentException(
          "An address needs a port: " + text + ":4000, for example.");
    }
    if (colon < 0) {
      return new Peer(new PeerId.Named(new Username(text)));
    }
    try {
      return new Peer(new PeerId.At(Endpoint.parse(text)));
    } catch (IllegalArgumentException notAnAddress) {
      return host(text.substring(0, colon), text.substring(colon + 1));
    }
  }

  private static Host host(String name, String port) {
    boolean plausible =
        name.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*") && port.matches("\\d{1,5}");
    if (!plausible || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException(
          "An address is written HOST:PORT, for example 192.0.2.7:4000 or [2001:db8::1]:4000.");
    }
    return new Host(name, Integer.parseInt(port));
  }
}
