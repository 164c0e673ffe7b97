package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;

/// Whom a chat is with: somebody the relay knows by name, or whoever is at an address.
public sealed interface PeerId {
  record Named(Username name) implements PeerId {
    @Override
    public String toString() {
      return name.value();
    }
  }

  record At(Endpoint address) implements PeerId {
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
