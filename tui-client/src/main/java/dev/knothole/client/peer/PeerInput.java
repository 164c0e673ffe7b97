package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.PeerTalk;
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

  /// Say something to a peer whose link is [Link.Private] or [Link.Unanswered]. It arrives whole,
  /// in order and once, or not at all when the link ends before; at most some 500 KB are taken
  /// before the peer has them, and what is more is dropped.
  record Tell(Username peer, PeerTalk talk) implements PeerInput {}

  /// Talk to who is calling, see [PeerEvent.Calling] and [PeerEvent.CallingPlainly].
  record Accept(Username peer) implements PeerInput {}

  /// Do not talk to who is calling.
  record Reject(Username peer) implements PeerInput {}

  /// Reach somebody in the open dialect, which is not encrypted; see [PeerEvent.PlainOnly].
  record ConnectPlainly(Username peer) implements PeerInput {}

  /// What this relay has to prove to hold. Without it the first key that it shows is reported and
  /// kept; a relay on our own machine may show any.
  record PinRelay(Endpoint relay, Fingerprint key) implements PeerInput {}

  /// The addresses of this host that a peer in the same network might reach, with our port; the
  /// likeliest first. A change means that we are in another network.
  record LocalAddresses(List<Endpoint> addresses) implements PeerInput {
    public LocalAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /// Measure the round-trip time now.
  record Ping(PeerId peer) implements PeerInput {}

  record HangUp(PeerId peer) implements PeerInput {}

  /// Say goodbye to every peer and tell the relay: the program ends.
  record SignOff() implements PeerInput {}
}
