package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.talk.Circuit;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.RelayTalk;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Everything a client says to the relay and to its peers, and when.
///
/// Whoever is to be reached by name is called over the link to the relay ([Calls]) where the relay
/// speaks links, and is asked for in the open dialect ([OpenChats]) where it does not.
public final class Peering {
  /// What is due sooner can wait so long: a chat needs no finer clock.
  private static final Duration SHORTEST_SLEEP = Duration.ofNanos(200_000);

  private final Jitter jitter;
  private final Outbox outbox = new Outbox();
  private final RelaySession relay;
  private final OpenChats openChats;
  private final Lines lines;
  private final RelayLine line;
  private final Calls calls;

  /// Whom to reach as soon as it is known whether the relay speaks links, and until when.
  private final SequencedMap<Username, Instant> undecided = new LinkedHashMap<>();

  private List<Endpoint> localAddresses = List.of();
  private Optional<Endpoint> publicAddress = Optional.empty();
  private long dropped;
  private boolean signedOff;

  /// @param identity what we prove to be on every link
  /// @param relayOnly whether to hide our address from peers, at the price of every direct way
  /// @param random of cryptographic quality
  /// @param localPort the UDP port that everything is sent from, to see whether a NAT changes it
  public Peering(Identity identity, boolean relayOnly, SecureRandom random, int localPort) {
    this.jitter = new Jitter(random);
    this.relay = new RelaySession(jitter, localPort);
    openChats = new OpenChats(relay, jitter, outbox);
    lines = new Lines(identity, this::welcomes, this::met, outbox, random);
    line = new RelayLine(lines, outbox, this::saidByRelay);
    calls = new Calls(lines, new Surroundings(relayOnly), jitter);
  }

  private boolean welcomes(Fingerprint key) {
    return calls.expects(key);
  }

  private void met(Connection connection, LinkEvent event, Instant now) {
    calls.met(connection, event, now);
  }

  private void saidByRelay(RelayTalk.FromRelay message, Instant now) {
    if (message instanceof RelayTalk.IntroducedPlainly(var peer, var address, var asked)) {
      calls.forget(peer);
      openChats.introduced(peer, address, asked, now);
    } else {
      calls.heard(message, now);
    }
  }

  /// What private calls need of everything around them.
  private final class Surroundings implements CallDesk {
    private final boolean relayOnly;

    Surroundings(boolean relayOnly) {
      this.relayOnly = relayOnly;
    }

    @Override
    public void say(RelayTalk.ToRelay message) {
      line.say(message);
    }

    @Override
    public void report(PeerEvent event) {
      outbox.report(event);
    }

    @Override
    public Optional<Endpoint> relay() {
      return line.relay();
    }

    @Override
    public PeerTalk.Candidates candidates() {
      var known =
          Stream.concat(publicAddress.stream(), localAddresses.stream()).filter(this::isReachable);
      return new PeerTalk.Candidates(relayOnly ? List.of() : Calls.first(known.toList()));
    }

    /// Our own machine's inner addresses mean nothing to others, unless all meet there.
    @Override
    public boolean isReachable(Endpoint address) {
      var host = address.address();
      boolean atHome = relay().filter(r -> r.address().isLoopbackAddress()).isPresent();
      return !host.isMulticastAddress()
          && !host.isAnyLocalAddress()
          && (atHome || !host.isLoopbackAddress());
    }

    @Override
    public boolean relayIsFresh(Instant now) {
      return line.isFresh(now);
    }

    @Override
    public boolean relayOnly() {
      return relayOnly;
    }
  }

  /// Time never goes backwards from one call to the next. After [PeerInput.SignOff] nothing more is
  /// done or said.
  public List<PeerOutput> handle(PeerInput input, Instant now) {
    if (signedOff) {
      return List.of();
    }
    switch (input) {
      case PeerInput.Datagram(var from, var bytes) -> received(from, bytes, now);
      case PeerInput.Tick() -> {}
      case PeerInput.SignIn(var name) -> tell(new RelaySession.Input.SignIn(name));
      case PeerInput.UseRelays(var relays, var mayHost) ->
          tell(new RelaySession.Input.Use(relays, mayHost));
      case PeerInput.Connect(PeerId.Named peer) -> connect(peer, now);
      case PeerInput.Connect(PeerId.At peer) -> openChats.connect(peer, now);
      case PeerInput.Tell(var peer, var talk) -> calls.tell(peer, talk, now);
      case PeerInput.Accept(var peer) -> calls.accept(peer, now);
      case PeerInput.Reject(var peer) -> calls.reject(peer);
      case PeerInput.ConnectPlainly(var peer) -> connectPlainly(peer, now);
      case PeerInput.PinRelay(var address, var key) -> {
        line.pin(address, key);
        tell(new RelaySession.Input.Pinned(address));
      }
      case PeerInput.LocalAddresses(var addresses) -> {
        localAddresses = addresses;
        calls.moved(now);
        tell(new RelaySession.Input.NetworkChanged());
      }
      case PeerInput.Say(var peer, var text) -> find(peer).ifPresent(c -> c.say(text));
      case PeerInput.Ping(var peer) -> {
        find(peer).ifPresent(c -> c.measure(now));
        named(peer).ifPresent(calls::measure);
      }
      case PeerInput.HangUp(var peer) ->
          find(peer)
              .ifPresentOrElse(
                  c -> openChats.hangUp(c, now),
                  () -> named(peer).ifPresent(this::hangUpPrivately));
      case PeerInput.SignOff() -> signOff(now);
    }
    tick(now);
    Instant wake = notBefore(now.plus(SHORTEST_SLEEP), wakeAt());
    if (wake.isBefore(Instant.MAX)) {
      outbox.add(new PeerOutput.WakeAt(wake));
    }
    return outbox.take();
  }

  private static Instant notBefore(Instant earliest, Instant wake) {
    return wake.isBefore(earliest) ? earliest : wake;
  }

  /// How many datagrams were not understood and therefore ignored.
  public long dropped() {
    return dropped;
  }

  private static Optional<Username> named(PeerId peer) {
    return peer instanceof PeerId.Named(var name) ? Optional.of(name) : Optional.empty();
  }

  private void hangUpPrivately(Username peer) {
    undecided.remove(peer);
    if (calls.knows(peer)) {
      calls.hangUp(peer);
    } else {
      calls.reject(peer);
      report(new PeerId.Named(peer), new Link.Closed(Link.Reason.HUNG_UP));
    }
  }

  private Optional<Conversation> find(PeerId peer) {
    return openChats.find(peer);
  }

  private void tell(RelaySession.Input input) {
    outbox.tellRelay(input);
  }

  private void received(Endpoint from, byte[] bytes, Instant now) {
    if (bytes.length > 0 && bytes[0] < 0) {
      arrived(bytes, 0, new Carriage.Straight(from), now);
      return;
    }
    if (Circuit.isCircuit(bytes)) {
      throughCircuit(from, bytes, now);
      return;
    }
    if (relay.relay().filter(from::equals).isPresent()) {
      tell(new RelaySession.Input.Heard(bytes));
      return;
    }
    try {
      if (MessageJson.decode(bytes) instanceof Message.BetweenPeers message) {
        openChats.heard(from, message, now);
        return;
      }
    } catch (MalformedMessage e) {
      // Counted below, like a message that no peer sends.
    }
    dropped++;
  }

  private void throughCircuit(Endpoint from, byte[] bytes, Instant now) {
    var circuit = Circuit.of(bytes);
    if (calls.uses(circuit)) {
      arrived(bytes, Circuit.HEADER_BYTES, new Carriage.Through(from, circuit), now);
    } else {
      dropped++;
    }
  }

  private void arrived(byte[] bytes, int offset, Carriage from, Instant now) {
    long before = lines.dropped();
    lines.received(bytes, offset, from, now);
    dropped += lines.dropped() > before ? 1 : 0;
  }

  private void connect(PeerId.Named peer, Instant now) {
    if (relay.name().filter(peer.name()::equals).isPresent()) {
      report(peer, new Link.Closed(Link.Reason.NOT_FOUND));
      return;
    }
    if (relay.isSealed() && find(peer).isEmpty()) {
      calls.connect(peer.name(), now);
    } else if (find(peer).isEmpty() && isUndecided(now)) {
      undecided.putIfAbsent(peer.name(), now.plus(Wish.ASKING));
      report(peer, new Link.Asking());
    } else if (find(peer).isEmpty()) {
      report(peer, new Link.Asking());
      outbox.report(new PeerEvent.PlainOnly(peer.name()));
    } else {
      openChats.connect(peer, now);
    }
  }

  private void connectPlainly(Username peer, Instant now) {
    if (relay.isSealed()) {
      line.say(new RelayTalk.CallPlainly(peer));
    } else {
      openChats.connect(new PeerId.Named(peer), now);
    }
  }

  /// Also while we are not registered yet.
  private boolean isUndecided(Instant now) {
    return !relay.isOnline() || relay.isUndecided(now);
  }

  private void signOff(Instant now) {
    openChats.hangUpAll(now);
    calls.hangUpAll();
    lines.flush(now);
    line.hangUp();
    lines.flush(now);
    tell(new RelaySession.Input.SignOff());
    signedOff = true;
  }

  /// What the relay says may set conversations going, so it goes first.
  private void tick(Instant now) {
    lines.tick(now);
    lines.flush(now);
    tell(new RelaySession.Input.Tick());
    tellRelay(now);
    decide(now);
    openChats.tick(now);
    tellRelay(now);
    openChats.settle();
    calls.tick(now);
    lines.flush(now);
    tellRelay(now);
    lines.flush(now);
  }

  private void report(PeerId peer, Link link) {
    outbox.report(new PeerEvent.LinkChanged(peer, link));
  }

  /// Whoever is to be reached is reached as the relay in use allows.
  private void decide(Instant now) {
    for (var waiting : List.copyOf(undecided.entrySet())) {
      var peer = waiting.getKey();
      if (relay.isSealed()) {
        undecided.remove(peer);
        calls.connect(peer, now);
      } else if (!isUndecided(now)) {
        undecided.remove(peer);
        outbox.report(new PeerEvent.PlainOnly(peer));
      } else if (Times.isDue(waiting.getValue(), now)) {
        undecided.remove(peer);
        report(new PeerId.Named(peer), new Link.Closed(Link.Reason.NO_RELAY));
      }
    }
  }

  private void tellRelay(Instant now) {
    for (var input = outbox.forRelay().poll(); input != null; input = outbox.forRelay().poll()) {
      relay.handle(input, now).forEach(output -> perform(output, now));
    }
  }

  private void perform(RelaySession.Output output, Instant now) {
    switch (output) {
      case RelaySession.Output.Send(var to, var message) -> outbox.send(to, message);
      case RelaySession.Output.Changed(var state) ->
          outbox.report(new PeerEvent.RelayChanged(state));
      case RelaySession.Output.NatChanged(var state) -> {
        outbox.report(new PeerEvent.NatChanged(state));
        seenAs(state, now);
      }
      case RelaySession.Output.Dial(var to, var name) -> line.dial(to, name, now);
      case RelaySession.Output.Host() -> outbox.add(new PeerOutput.HostRelay());
      case RelaySession.Output.Introduced(var peer, var address, var asked) ->
          openChats.introduced(peer, address, asked, now);
      case RelaySession.Output.Refused(var peer, var reason) ->
          find(new PeerId.Named(peer)).ifPresent(c -> c.refused(reason));
      case RelaySession.Output.Dropped() -> dropped++;
    }
  }

  private void seenAs(NatState state, Instant now) {
    if (state instanceof NatState.Seen(var address, _)) {
      publicAddress = Optional.of(address);
      calls.moved(now);
    }
  }

  private Instant wakeAt() {
    Instant wake = Times.earlier(relay.wakeAt(), openChats.wakeAt());
    wake = Times.earlier(wake, Times.earlier(lines.wakeAt(), calls.wakeAt()));
    for (Instant until : undecided.values()) {
      wake = Times.earlier(wake, Times.earlier(until, relay.undecidedUntil()));
    }
    return wake;
  }
}
