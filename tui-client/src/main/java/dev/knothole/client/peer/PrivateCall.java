package dev.knothole.client.peer;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.HandshakeFailure;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.StreamEvent;
import dev.knothole.protocol.talk.Circuit;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One private chat's connection, from the wish to talk to the end.
///
/// ```
/// Asking --ringing--> Ringing --introduced--> Joining --link is up--> Up
///    |                   |                       |                     |
///    +-------------------+----- Closed <---------+---------------------+
/// ```
///
/// While it is up the relay is asked again when the circuit is gone and needed: the link goes on
/// over the new one, or, if the peer has been started anew meanwhile, another link takes its place.
final class PrivateCall implements Lines.Owner {
  static final Duration JOINING = Duration.ofSeconds(10);

  private static final long GOODBYE = CloseReason.CODE_APPLICATION;

  /// Another link to the same peer takes its place.
  private static final long REPLACED = CloseReason.CODE_APPLICATION + 1;

  private sealed interface Phase {
    record Asking(Wish wish) implements Phase {}

    /// @param ours the link that we begin; none where the peer begins it
    record Joining(Circuit circuit, Fingerprint key, @Nullable Connection ours, Instant until)
        implements Phase {}

    record Up(LiveLink live) implements Phase {}

    record Closed() implements Phase {}
  }

  private final Username peer;
  private final Lines lines;
  private final CallDesk desk;
  private final Jitter jitter;
  private Phase phase;
  private Link link;
  private Optional<Circuit> circuit = Optional.empty();

  private final Mending mending = new Mending();
  private @Nullable Connection replacement;

  PrivateCall(Username peer, Lines lines, CallDesk desk, Jitter jitter, Instant now) {
    this.peer = peer;
    this.lines = lines;
    this.desk = desk;
    this.jitter = jitter;
    var wish = new Wish(peer, desk, now);
    phase = new Phase.Asking(wish);
    link = wish.link();
  }

  boolean isClosed() {
    return phase instanceof Phase.Closed;
  }

  boolean uses(Circuit other) {
    return circuit.filter(other::equals).isPresent();
  }

  void reportLink() {
    desk.report(new PeerEvent.LinkChanged(new PeerId.Named(peer), link));
  }

  private void change(Link changed) {
    if (!changed.equals(link)) {
      link = changed;
      reportLink();
    }
  }

  // What the relay says

  /// The relay is there again, and knows nothing of what it was asked before.
  void relayIsBack(Instant now) {
    circuit = Optional.empty();
    switch (phase) {
      case Phase.Asking _, Phase.Joining _ -> {
        abandon();
        phase = new Phase.Asking(new Wish(peer, desk, now));
      }
      case Phase.Up(var live) -> {
        live.ways().circuitEnded();
        if (live.isIdle(now)) {
          mending.wantNothing();
        } else {
          mending.wantCircuit(now);
        }
      }
      case Phase.Closed _ -> {}
    }
  }

  void ringing(Instant now) {
    if (phase instanceof Phase.Asking(var wish)) {
      wish.ringing(now);
      change(wish.link());
    }
  }

  void plainOnly(Instant now) {
    if (phase instanceof Phase.Asking(var wish)) {
      wish.plainOnly(now);
    }
  }

  /// We have said yes, and wait for the circuit.
  void accepted(Instant now) {
    if (phase instanceof Phase.Asking(var wish)) {
      wish.accepted(now);
      change(wish.link());
    }
  }

  /// Who is up and unknown to the relay has left, unless the direct way says otherwise.
  void refused(Link.Reason reason, Instant now) {
    switch (phase) {
      case Phase.Asking(var wish) -> wish.refused(reason, now).ifPresent(this::close);
      case Phase.Up(var live) when live.isLost(now) -> {
        lines.close(live.connection(), GOODBYE, "gone");
        close(reason == Link.Reason.NOT_FOUND ? Link.Reason.GONE : reason);
      }
      case Phase.Up _, Phase.Joining _, Phase.Closed _ -> {}
    }
  }

  void introduced(RelayTalk.Introduced news, Instant now) {
    var relay = desk.relay();
    if (relay.isEmpty()) {
      return;
    }
    circuit = Optional.of(news.circuit());
    mending.introduced(news.begin(), phase instanceof Phase.Up, now);
    var through = new Carriage.Through(relay.get(), news.circuit());
    switch (phase) {
      case Phase.Up(var live) when live.key().equals(news.key()) -> live.ways().circuit(through);
      case Phase.Up(var live) -> {
        lines.close(live.connection(), REPLACED, "another key");
        join(news, through, now);
      }
      case Phase.Asking _, Phase.Joining _ -> join(news, through, now);
      case Phase.Closed _ -> {}
    }
  }

  private void join(RelayTalk.Introduced news, Carriage.Through through, Instant now) {
    abandon();
    var ours = news.begin() ? begin(through, news.key(), now) : null;
    phase = new Phase.Joining(news.circuit(), news.key(), ours, now.plus(JOINING));
    change(new Link.Punching());
  }

  private Connection begin(Carriage.Through through, Fingerprint key, Instant now) {
    return lines.connect(through, key::equals, this, now);
  }

  private void abandon() {
    if (phase instanceof Phase.Joining(_, _, var ours, _) && ours != null) {
      lines.close(ours, REPLACED, "begun anew");
    }
  }

  void hungUp() {
    circuit = Optional.empty();
    if (phase instanceof Phase.Up(var live)) {
      live.ways().circuitEnded();
    }
  }

  // What the links say

  boolean expects(Fingerprint other) {
    return key().filter(other::equals).isPresent();
  }

  /// Whether a link that somebody began is this peer's.
  boolean expects(Connection connection) {
    return connection.route() instanceof Carriage.Through(_, var over)
        && uses(over)
        && key().equals(connection.peer());
  }

  private Optional<Fingerprint> key() {
    return switch (phase) {
      case Phase.Joining(_, var key, _, _) -> Optional.of(key);
      case Phase.Up(var live) -> Optional.of(live.key());
      case Phase.Asking _, Phase.Closed _ -> Optional.empty();
    };
  }

  /// The peer has begun a link. It is up when the peer has said something: only then is there a
  /// stream to answer on.
  void joined(Connection connection, Instant now) {
    var key = connection.peer();
    if (circuit.isEmpty() || key.isEmpty()) {
      return;
    }
    lines.own(connection, this);
    abandon();
    giveUp();
    phase = new Phase.Joining(circuit.get(), key.get(), connection, now.plus(JOINING));
    change(new Link.Punching());
  }

  /// Another link is about to take the place of the one that is up.
  private void giveUp() {
    if (phase instanceof Phase.Up(var old)) {
      lines.close(old.connection(), REPLACED, "begun anew");
      change(new Link.Punching());
    }
  }

  private LiveLink up(Connection connection, long stream, Instant now) {
    var through = (Carriage.Through) connection.route();
    var ways = new Ways(connection, through, desk.relayOnly(), jitter);
    var live = new LiveLink(connection, stream, ways, jitter, now);
    phase = new Phase.Up(live);
    replacement = null;
    change(new Link.Private(live.key(), ways.current(), Optional.empty()));
    live.say(desk.candidates(), now);
    return live;
  }

  @Override
  public void heard(Connection from, LinkEvent event, Instant now) {
    switch (phase) {
      case Phase.Joining joining when from == joining.ours() -> begun(from, event, now);
      case Phase.Up(var live) when from == live.connection() -> heard(live, event, now);
      case Phase.Up _ when from == replacement -> begun(from, event, now);
      case Phase.Asking _, Phase.Joining _, Phase.Up _, Phase.Closed _ -> {}
    }
  }

  private void begun(Connection from, LinkEvent event, Instant now) {
    switch (event) {
      case LinkEvent.Connected _ -> {
        giveUp();
        from.open(Priority.URGENT).ifPresent(stream -> up(from, stream, now));
      }
      case LinkEvent.OfStream(StreamEvent.Arrived(var stream)) ->
          arrived(up(from, stream, now), now);
      case LinkEvent.Closed(var reason) when phase instanceof Phase.Joining ->
          close(
              reason.by() == CloseReason.By.US
                      && reason.code() == CloseReason.code(HandshakeFailure.WRONG_PEER)
                  ? Link.Reason.WRONG_KEY
                  : Link.Reason.NEVER_ANSWERED);
      default -> {}
    }
  }

  private void heard(LiveLink up, LinkEvent event, Instant now) {
    switch (event) {
      case LinkEvent.OfStream(StreamEvent.Arrived _) -> arrived(up, now);
      case LinkEvent.OfStream(StreamEvent.RoomToWrite _) -> up.flush();
      case LinkEvent.Pong(var roundTrip) when up.takeMeasuring() ->
          desk.report(new PeerEvent.Measured(new PeerId.Named(peer), Duration.ofNanos(roundTrip)));
      case LinkEvent.Closed(var reason) -> ended(up, reason, now);
      default -> up.ways().heard(event, now);
    }
  }

  private void ended(LiveLink up, CloseReason reason, Instant now) {
    boolean replaced = reason.code() == REPLACED;
    if (replaced && circuit.isPresent()) {
      phase = new Phase.Joining(circuit.get(), up.key(), replacement, now.plus(JOINING));
      replacement = null;
      change(new Link.Punching());
    } else {
      boolean said = reason.by() == CloseReason.By.PEER && !replaced;
      close(said ? Link.Reason.GOODBYE : Link.Reason.GONE);
    }
  }

  private void arrived(LiveLink up, Instant now) {
    try {
      up.arrived(desk, now).forEach(said -> desk.report(new PeerEvent.Heard(peer, said)));
    } catch (MalformedMessage e) {
      lines.close(up.connection(), GOODBYE, "what was said is no message");
      close(Link.Reason.GONE);
    }
  }

  // What the user wants

  void tell(PeerTalk words, Instant now) {
    if (phase instanceof Phase.Up(var live)) {
      live.say(words, now);
      if (!live.ways().hasCircuit() && live.ways().current() instanceof Way.Relayed) {
        mending.wantCircuit(now);
      }
    }
  }

  /// Our addresses are others now.
  void moved(Instant now) {
    if (phase instanceof Phase.Up(var live)) {
      live.say(desk.candidates(), now);
      live.ways().startAfresh(now);
    }
  }

  void measure() {
    if (phase instanceof Phase.Up(var live)) {
      live.measure();
    }
  }

  void hangUp() {
    abandon();
    if (phase instanceof Phase.Up(var live)) {
      lines.close(live.connection(), GOODBYE, "goodbye");
    }
    close(Link.Reason.HUNG_UP);
  }

  private void close(Link.Reason reason) {
    if (replacement != null) {
      lines.close(replacement, GOODBYE, "not needed any more");
      replacement = null;
    }
    circuit.ifPresent(open -> desk.say(new RelayTalk.HangUp(open)));
    circuit = Optional.empty();
    phase = new Phase.Closed();
    change(new Link.Closed(reason));
  }

  // Time

  void tick(Instant now) {
    switch (phase) {
      case Phase.Asking(var wish) -> wish.tick(now).ifPresent(this::close);
      case Phase.Joining(_, _, _, var until) -> {
        if (Times.isDue(until, now)) {
          abandon();
          close(Link.Reason.NEVER_ANSWERED);
        }
      }
      case Phase.Up(var live) -> tickUp(live, now);
      case Phase.Closed _ -> {}
    }
  }

  private void tickUp(LiveLink up, Instant now) {
    up.ways().tick(now);
    if (up.isGone(now)) {
      lines.close(up.connection(), GOODBYE, "not heard of any more");
      close(Link.Reason.GONE);
      return;
    }
    switch (mending.step(up, now)) {
      case ASK_FOR_CIRCUIT -> desk.say(new RelayTalk.Call(peer));
      case BEGIN_ANEW -> beginAnew(up, now);
      case NOTHING -> {}
    }
    up.keepAlive(now);
    change(up.shown(now));
  }

  /// Another link beside the one that is up takes its place if it is answered.
  private void beginAnew(LiveLink up, Instant now) {
    if (replacement != null && !replacement.isOver()) {
      return;
    }
    var relay = desk.relay();
    if (relay.isPresent() && circuit.isPresent()) {
      replacement = begin(new Carriage.Through(relay.get(), circuit.get()), up.key(), now);
    }
  }

  Instant wakeAt() {
    return switch (phase) {
      case Phase.Asking(var wish) -> wish.wakeAt();
      case Phase.Joining(_, _, _, var until) -> until;
      case Phase.Up(var live) ->
          Times.earlier(mending.wakeAt(), live.wakeAt(link instanceof Link.Unanswered));
      case Phase.Closed _ -> Instant.MAX;
    };
  }
}
