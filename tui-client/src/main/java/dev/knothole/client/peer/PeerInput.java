package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.util.List;

/// What can happen to [Peering]: something arrived, time passed, or the user wants something.
public sealed interface PeerInput {
  record Datagram(Endpoint from, byte[] bytes) implements PeerInput {}

  record Tick() implements PeerInput {}

  /// Be known by this name from now on.
  record SignIn(Username name) implements PeerInput {}

  /// The addresses of the relays to use, best first. They replace the earlier ones.
  ///
  /// @param mayHost whether to ask for a relay of our own when none of them answers
  record UseRelays(List<Endpoint> relays, boolean mayHost) implements PeerInput {
    public UseRelays {
      relays = List.copyOf(relays);
    }
  }

  /// Reach somebody: a name through the relay, an address directly.
  record Connect(PeerId peer) implements PeerInput {}

  /// Send a text to a peer whose link is open or silent; long texts are split.
  record Say(PeerId peer, String text) implements PeerInput {}

  /// Measure the round-trip time now.
  record Ping(PeerId peer) implements PeerInput {}

  record HangUp(PeerId peer) implements PeerInput {}

  /// Say goodbye to every peer and tell the relay: the program ends.
  record SignOff() implements PeerInput {}
}
