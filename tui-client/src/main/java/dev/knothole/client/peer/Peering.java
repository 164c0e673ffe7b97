package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
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
/// A datagram belongs to the relay or to a conversation by the address it came from; else to the
/// one attempt whose peer is probably there, behind another port; else it is a stranger's.
public final class Peering {
  /// More than anybody talks to. Beyond it introductions by others are refused, and for one of our
  /// own the oldest attempt, or else the oldest chat, ends.
  static final int MAX_CONVERSATIONS = 256;

  /// What is due sooner can wait so long: a chat needs no finer clock.
  private static final Duration SHORTEST_SLEEP = Duration.ofNanos(200_000);

  private final Jitter jitter;
  private final Outbox outbox = new Outbox();
  private final RelaySession relay;
  private final Strangers strangers = new Strangers();
  private final Farewells farewells = new Farewells();
  private final Acquaintances acquaintances = new Acquaintances();
  private final Lines lines;
  private final RelayLine line;
  private final Calls calls;

  /// Whom to reach as soon as it is known whether the relay speaks links, and until when.
  private final SequencedMap<Username, Instant> undecided = new LinkedHashMap<>();

  private List<Endpoint> localAddresses = List.of();
  private Optional<Endpoint> publicAddress = Optional.empty();
  private final SequencedMap<PeerId, Conversation> conversations = new LinkedHashMap<>();
  private long dropped;
  private boolean signedOff;

  /// @param identity what we prove to be on every link
  /// @param relayOnly whether to hide our address from peers, at the price of every direct way
  /// @param random of cryptographic quality
  /// @param localPort the UDP port that everything is sent from, to see whether a NAT changes it
  public Peering(Identity identity, boolean relayOnly, SecureRandom random, int localPort) {
    this.jitter = new Jitter(random);
    this.relay = new RelaySession(jitter, localPort);
    lines = new Lines(identity, this::welcomes, this::met, outbox, random);
    line = new RelayLine(lines, outbox, this::saidByRelay);
    calls = new Calls(lines, new CallDesk(relayOnly), jitter);
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
      introduced(peer, address, asked, now);
    } else {
      calls.heard(message, now);
    }
  }

  /// What private calls need of everything around them.
  private final class CallDesk implements PrivateCall.Desk {
    private final boolean relayOnly;

    CallDesk(boolean relayOnly) {
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
      case PeerInput.Connect(PeerId.At peer) -> connect(peer, now);
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
                  c -> hangUp(c, now), () -> named(peer).ifPresent(this::hangUpPrivately));
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
    return Optional.ofNullable(conversations.get(peer));
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
        heard(from, message, now);
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

  private void heard(Endpoint from, Message.BetweenPeers message, Instant now) {
    Optional<Conversation> conversation =
        all().filter(c -> c.owns(from)).findFirst().or(() -> likely(from, now));
    if (conversation.isPresent()) {
      Optional<Endpoint> path = conversation.get().path();
      conversation.get().heard(from, message, now);
      if (conversation.get().isClosed()) {
        path.ifPresent(ended -> farewells.add(ended, false, now));
        farewells.add(from, false, now);
      }
    } else if (farewells.covers(from, now)) {
      if (farewells.isOurs(from) && (message instanceof Ping || message instanceof DirectMessage)) {
        outbox.send(from, new Goodbye());
      }
    } else {
      Duration patience = relay.isOnline() ? Strangers.INTRODUCTION_WITHIN : Duration.ZERO;
      strangers.heard(from, message, patience, now).forEach(output -> perform(output, now));
    }
  }

  /// The one conversation whose peer probably sends from this unknown address: same host, another
  /// port. A private address may also be that of a peer in our own network which the relay sees
  /// from outside. With several to choose from it is better not to guess.
  private Optional<Conversation> likely(Endpoint from, Instant now) {
    return only(all().filter(c -> c.mayBe(from, now)))
        .or(() -> isLocal(from) ? only(all().filter(Conversation::isPunching)) : Optional.empty());
  }

  private static Optional<Conversation> only(Stream<Conversation> candidates) {
    List<Conversation> two = candidates.limit(2).toList();
    return two.size() == 1 ? Optional.of(two.getFirst()) : Optional.empty();
  }

  private static boolean isLocal(Endpoint from) {
    return from.address().isSiteLocalAddress()
        || from.address().isLoopbackAddress()
        || from.address().isLinkLocalAddress();
  }

  private Stream<Conversation> all() {
    return conversations.values().stream();
  }

  private void perform(Strangers.Output output, Instant now) {
    switch (output) {
      case Strangers.Output.Send(var to, var message) -> outbox.send(to, message);
      case Strangers.Output.Opened(var from, var rtt, var texts) -> {
        PeerId peer =
            acquaintances
                .at(from, now)
                .filter(known -> !conversations.containsKey(known))
                .orElse(new PeerId.At(from));
        if (conversations.size() < MAX_CONVERSATIONS && !conversations.containsKey(peer)) {
          Conversation conversation = begin(peer);
          conversation.opened(new HolePuncher.Output.Opened(from, rtt, List.of()), now);
          texts.forEach(text -> outbox.report(new PeerEvent.Said(peer, text)));
        }
      }
    }
  }

  private Conversation begin(PeerId peer) {
    Conversation conversation = new Conversation(peer, jitter, outbox);
    conversations.put(peer, conversation);
    return conversation;
  }

  private void connect(PeerId.Named peer, Instant now) {
    if (relay.name().filter(peer.name()::equals).isPresent()) {
      report(peer, new Link.Closed(Link.Reason.NOT_FOUND));
      return;
    }
    if (relay.isSealed() && find(peer).isEmpty()) {
      calls.connect(peer.name(), now);
    } else if (find(peer).isEmpty() && isUndecided(now)) {
      undecided.putIfAbsent(peer.name(), now.plus(PrivateCall.ASKING));
      report(peer, new Link.Asking());
    } else if (find(peer).isEmpty()) {
      report(peer, new Link.Asking());
      outbox.report(new PeerEvent.PlainOnly(peer.name()));
    } else {
      connectPlainly(peer, now);
    }
  }

  private void connectPlainly(Username peer, Instant now) {
    if (relay.isSealed()) {
      line.say(new RelayTalk.CallPlainly(peer));
    } else {
      connectPlainly(new PeerId.Named(peer), now);
    }
  }

  /// Also while we are not registered yet.
  private boolean isUndecided(Instant now) {
    return !relay.isOnline() || relay.isUndecided(now);
  }

  private void connectPlainly(PeerId.Named peer, Instant now) {
    Optional<Conversation> known = find(peer);
    known.ifPresent(Conversation::reportLink);
    if (known.isEmpty()) {
      makeRoom(now);
      begin(peer).reportLink();
    }
    if (known.isEmpty() || known.get().link() instanceof Link.Silent) {
      tell(new RelaySession.Input.Ask(peer.name()));
    }
  }

  private void connect(PeerId.At peer, Instant now) {
    Endpoint address = peer.address();
    if (relay.relay().filter(address::equals).isPresent()) {
      report(peer, new Link.Closed(Link.Reason.NEVER_ANSWERED));
      return;
    }
    Optional<Conversation> known =
        all().filter(c -> c.peer().equals(peer) || c.isAt(address)).findFirst();
    if (known.isPresent()) {
      known.get().reportLink();
      return;
    }
    makeRoom(now);
    meet(begin(peer), address, HolePuncher.Side.TARGET, now);
  }

  private void meet(Conversation conversation, Endpoint at, HolePuncher.Side side, Instant now) {
    all().filter(other -> other != conversation).forEach(other -> other.release(at));
    farewells.forget(at);
    List<String> texts = strangers.remove(at);
    conversation.named(at, side, now);
    texts.forEach(text -> outbox.report(new PeerEvent.Said(conversation.peer(), text)));
  }

  private void report(PeerId peer, Link link) {
    outbox.report(new PeerEvent.LinkChanged(peer, link));
  }

  private void makeRoom(Instant now) {
    if (conversations.size() >= MAX_CONVERSATIONS) {
      Conversation oldest =
          all()
              .filter(c -> !c.isOpen())
              .findFirst()
              .orElseGet(() -> conversations.firstEntry().getValue());
      hangUp(oldest, now);
    }
  }

  private void hangUp(Conversation conversation, Instant now) {
    conversation.path().ifPresent(path -> farewells.add(path, true, now));
    conversation.hangUp();
    conversations.remove(conversation.peer());
  }

  private void signOff(Instant now) {
    List.copyOf(conversations.values()).forEach(conversation -> hangUp(conversation, now));
    calls.hangUpAll();
    lines.flush(now);
    line.hangUp();
    lines.flush(now);
    tell(new RelaySession.Input.SignOff());
    signedOff = true;
  }

  private void introduced(Username name, Endpoint address, boolean asked, Instant now) {
    PeerId peer = new PeerId.Named(name);
    Conversation conversation = conversations.get(peer);
    Optional<Conversation> owner =
        all().filter(c -> c != conversation && c.isAt(address)).findFirst();
    boolean isUs = relay.name().filter(name::equals).isPresent();
    boolean isRelay = relay.relay().filter(address::equals).isPresent();
    boolean unwanted =
        conversation == null
            && (owner.isPresent()
                || farewells.justNow(address, now)
                || conversations.size() >= MAX_CONVERSATIONS);
    if (isUs || isRelay || unwanted) {
      tell(new RelaySession.Input.Settled(name));
      return;
    }
    owner.ifPresent(this::handOver);
    acquaintances.add(address, peer, now);
    meet(
        conversation == null ? begin(peer) : conversation,
        address,
        asked ? HolePuncher.Side.REQUESTER : HolePuncher.Side.TARGET,
        now);
  }

  /// The peer of an unnamed chat has been asked for by name: the chat goes on under the name. The
  /// peer must not notice, so it is told no goodbye.
  private void handOver(Conversation old) {
    old.close(Link.Reason.HUNG_UP);
    conversations.remove(old.peer());
  }

  /// Whether a chat by address goes on under a name, whose path turned out to be the same.
  private boolean hasName(Conversation conversation) {
    return conversation.peer() instanceof PeerId.At
        && conversation.isOpen()
        && all()
            .filter(other -> other.peer() instanceof PeerId.Named)
            .anyMatch(other -> other.path().equals(conversation.path()));
  }

  /// What the relay says may set conversations going, so it goes first.
  private void tick(Instant now) {
    lines.tick(now);
    lines.flush(now);
    tell(new RelaySession.Input.Tick());
    tellRelay(now);
    decide(now);
    strangers.tick(now).forEach(output -> perform(output, now));
    all().forEach(conversation -> conversation.tick(now));
    List.copyOf(conversations.values()).stream().filter(this::hasName).forEach(this::handOver);
    tellRelay(now);
    conversations.values().removeIf(Conversation::isClosed);
    calls.tick(now);
    lines.flush(now);
    tellRelay(now);
    lines.flush(now);
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
          introduced(peer, address, asked, now);
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
    Instant wake = Times.earlier(relay.wakeAt(), strangers.wakeAt());
    wake = Times.earlier(wake, Times.earlier(lines.wakeAt(), calls.wakeAt()));
    for (Instant until : undecided.values()) {
      wake = Times.earlier(wake, Times.earlier(until, relay.undecidedUntil()));
    }
    for (Conversation conversation : conversations.values()) {
      wake = Times.earlier(wake, conversation.wakeAt());
    }
    return wake;
  }
}
