package dev.knothole.client.peer;

import dev.knothole.client.world.Program;
import dev.knothole.client.world.SeededRandom;
import dev.knothole.client.world.Socket;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.talk.PeerTalk;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/// A [Peering] that lives in a simulated world, with all it has reported. It also sees to it that
/// the machine keeps its promises about waking.
final class SimulatedPeer implements Program {
  private final Socket socket;
  private final Username name;
  private final Identity identity;
  private final Peering peering;
  private final Map<PeerId, Link> links = new LinkedHashMap<>();
  private final List<PeerEvent> events = new ArrayList<>();
  private RelayState relay = new RelayState.None();
  private NatState nat = new NatState.Unknown();
  private int hostingsWanted;
  private long sent;

  /// Whether its user says yes to whoever calls.
  private boolean welcoming;

  private final Queue<PeerInput> answers = new ArrayDeque<>();

  SimulatedPeer(Socket socket, String name) {
    this(socket, name, false);
  }

  SimulatedPeer(Socket socket, String name, boolean relayOnly) {
    this(socket, name, relayOnly, Identity.generate(new SeededRandom(socket.random().nextLong())));
  }

  SimulatedPeer(Socket socket, String name, boolean relayOnly, Identity identity) {
    this.socket = socket;
    this.name = new Username(name);
    this.identity = identity;
    var random = new SeededRandom(socket.random().nextLong());
    peering = new Peering(identity, relayOnly, random, socket.local().port());
    input(new PeerInput.LocalAddresses(List.of(socket.local())));
  }

  /// Signed in at this relay.
  SimulatedPeer at(Endpoint... relays) {
    input(new PeerInput.SignIn(name));
    input(new PeerInput.UseRelays(List.of(relays), false));
    return this;
  }

  PeerId id() {
    return new PeerId.Named(name);
  }

  Endpoint local() {
    return socket.local();
  }

  void input(PeerInput input) {
    Instant now = socket.now();
    List<PeerOutput> outputs = peering.handle(input, now);
    Instant wake = Instant.MAX;
    for (PeerOutput output : outputs) {
      switch (output) {
        case PeerOutput.Transmit(var to, var bytes) -> {
          sent++;
          socket.send(to, bytes);
        }
        case PeerOutput.Report(var event) -> noted(event);
        case PeerOutput.HostRelay() -> hostingsWanted++;
        case PeerOutput.WakeAt(var time) -> {
          if (!output.equals(outputs.getLast()) || !time.isAfter(now)) {
            throw new AssertionError(name + " at " + now + " wakes badly: " + outputs);
          }
          wake = time;
        }
      }
    }
    socket.wakeAt(wake);
    if (!answers.isEmpty()) {
      input(answers.remove());
    }
  }

  SimulatedPeer welcoming() {
    welcoming = true;
    return this;
  }

  private void noted(PeerEvent event) {
    events.add(event);
    switch (event) {
      case PeerEvent.RelayChanged(var state) -> relay = state;
      case PeerEvent.NatChanged(var state) -> nat = state;
      case PeerEvent.LinkChanged(var peer, var link) -> links.put(peer, link);
      case PeerEvent.Calling(var caller, _) -> {
        if (welcoming) {
          answers.add(new PeerInput.Accept(caller));
        }
      }
      case PeerEvent.PlainOnly(var peer) -> answers.add(new PeerInput.ConnectPlainly(peer));
      case PeerEvent.Said _,
          PeerEvent.Measured _,
          PeerEvent.CallingPlainly _,
          PeerEvent.CallEnded _,
          PeerEvent.Heard _,
          PeerEvent.RelayPinned _ -> {}
    }
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    input(new PeerInput.Datagram(from, bytes));
  }

  @Override
  public void due() {
    input(new PeerInput.Tick());
  }

  void connect(SimulatedPeer other) {
    input(new PeerInput.Connect(other.id()));
  }

  void connect(Endpoint address) {
    input(new PeerInput.Connect(new PeerId.At(address)));
  }

  void say(PeerId peer, String text) {
    input(new PeerInput.Say(peer, text));
  }

  void hangUp(PeerId peer) {
    input(new PeerInput.HangUp(peer));
  }

  /// Ends without a word.
  void crash() {
    socket.close();
  }

  Link link(PeerId peer) {
    Link link = links.get(peer);
    if (link == null) {
      throw new AssertionError(name + " has no chat with " + peer + ": " + events);
    }
    return link;
  }

  boolean knows(PeerId peer) {
    return links.containsKey(peer);
  }

  Map<PeerId, Link> links() {
    return links;
  }

  boolean isOpen(PeerId peer) {
    return links.get(peer) instanceof Link.Open;
  }

  /// Chats, but for those by address that have gone on under a name.
  long openOrNamed() {
    return links.entrySet().stream()
        .filter(chat -> chat.getKey() instanceof PeerId.Named || !isOver(chat.getValue()))
        .count();
  }

  private static boolean isOver(Link link) {
    return link instanceof Link.Closed;
  }

  boolean hasNothingOpen() {
    return links.values().stream().allMatch(SimulatedPeer::isOver);
  }

  boolean isClosed(PeerId peer, Link.Reason reason) {
    return new Link.Closed(reason).equals(links.get(peer));
  }

  /// Whether the chat with this peer ever stood so.
  boolean everReported(PeerId peer, Class<? extends Link> kind) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof PeerEvent.LinkChanged(var who, var link)
                    && who.equals(peer)
                    && kind.isInstance(link));
  }

  Stream<String> heard(PeerId peer) {
    return events.stream()
        .flatMap(
            event ->
                event instanceof PeerEvent.Said(var who, var text) && who.equals(peer)
                    ? Stream.of(text)
                    : Stream.empty());
  }

  boolean isOnline() {
    return relay instanceof RelayState.Online;
  }

  /// Whether the user was asked to do without encryption with this peer.
  boolean wasAskedFor(PeerId peer) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof PeerEvent.PlainOnly(var who)
                    && new PeerId.Named(who).equals(peer));
  }

  boolean isSignedIn() {
    return relay instanceof RelayState.SignedIn;
  }

  boolean isSignedInAt(Endpoint address) {
    return relay instanceof RelayState.SignedIn(var at, _) && at.equals(address);
  }

  Username name() {
    return name;
  }

  Identity identity() {
    return identity;
  }

  /// How packets to this peer go, if there is a private link.
  Optional<Way> way(SimulatedPeer other) {
    return links.get(other.id()) instanceof Link.Private(_, var way, _)
        ? Optional.of(way)
        : Optional.empty();
  }

  void tell(SimulatedPeer other, PeerTalk talk) {
    input(new PeerInput.Tell(other.name, talk));
  }

  /// What this peer said over private links, oldest first.
  List<PeerTalk> told(SimulatedPeer other) {
    return events.stream()
        .flatMap(
            event ->
                event instanceof PeerEvent.Heard(var who, var talk) && who.equals(other.name)
                    ? Stream.of(talk)
                    : Stream.<PeerTalk>empty())
        .toList();
  }

  RelayState relay() {
    return relay;
  }

  NatState nat() {
    return nat;
  }

  int hostingsWanted() {
    return hostingsWanted;
  }

  long sent() {
    return sent;
  }

  long dropped() {
    return peering.dropped();
  }

  List<PeerEvent> events() {
    return events;
  }

  @Override
  public String toString() {
    return name + " " + relay + " " + links;
  }
}
