package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
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
  /// A relay answers within this time, or does not work.
  static final Duration ASKING = Duration.ofSeconds(10);

  /// A person may be at the kettle.
  static final Duration RINGING = Duration.ofMinutes(2);

  static final Duration JOINING = Duration.ofSeconds(10);
  /// How long an answer of the relay is doubted that may change by itself, and how often it is
  /// asked for meanwhile.
  static final Duration DOUBT = Duration.ofSeconds(6);

  static final Duration DOUBTFULLY = Duration.ofMillis(500);
  static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  /// How long a link gets to show over another circuit that it still works.
  static final Duration REPLACE_AFTER = Duration.ofSeconds(1);

  private static final long GOODBYE = CloseReason.CODE_APPLICATION;

  /// Another link to the same peer takes its place.
  private static final long REPLACED = CloseReason.CODE_APPLICATION + 1;

  private sealed interface Phase {
    record Asking(Instant until) implements Phase {}

    /// @param ours the link that we begin; none where the peer begins it
    record Joining(Circuit circuit, Fingerprint key, @Nullable Connection ours, Instant until)
        implements Phase {}

    record Up(LiveLink live) implements Phase {}

    record Closed() implements Phase {}
  }

  /// What a call needs of who keeps it.
  interface Desk {
    void say(RelayTalk.ToRelay message);

    void report(PeerEvent event);

    Optional<Endpoint> relay();

    PeerTalk.Candidates candidates();

    /// Whether a peer may be there, and may be tried.
    boolean isReachable(Endpoint address);

    boolean relayOnly();

    /// Whether the relay may not know yet who will be there in a moment.
    boolean relayIsFresh(Instant now);
  }

  private final Username peer;
  private final Lines lines;
  private final Desk desk;
  private final Jitter jitter;
  private Phase phase;
  private Link link;
  private Optional<Circuit> circuit = Optional.empty();

  /// Whether it is for us to begin links over the circuit, so that never both do.
  private boolean begins;

  private Instant askAgain;
  private Instant plainSince = Instant.MAX;
  private boolean plainTold;
  private Instant notFoundSince = Instant.MAX;
  private Instant renewAt = Instant.MAX;
  private boolean measuring;
  private Instant replaceAt = Instant.MAX;
  private @Nullable Connection replacement;

  PrivateCall(Username peer, Lines lines, Desk desk, Jitter jitter, Instant now) {
    this.peer = peer;
    this.lines = lines;
    this.desk = desk;
    this.jitter = jitter;
    phase = new Phase.Asking(now.plus(ASKING));
    link = new Link.Asking();
    askAgain = now;
  }

  Link link() {
    return link;
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
        phase = new Phase.Asking(now.plus(ASKING));
        askAgain = now;
      }
      case Phase.Up(var live) -> {
        live.ways().circuitEnded();
        renewAt = live.isIdle(now) ? Instant.MAX : now;
      }
      case Phase.Closed _ -> {}
    }
  }

  void ringing(Instant now) {
    if (phase instanceof Phase.Asking) {
      phase = new Phase.Asking(now.plus(RINGING));
      askAgain = Instant.MAX;
      change(new Link.Ringing());
    }
  }

  /// The relay knows the peer from the open dialect only. A client of ours that has just come is
  /// known so for a moment, so this is believed only after a while, and asked again even then.
  void plainOnly(Instant now) {
    if (!(phase instanceof Phase.Asking) || link instanceof Link.Ringing) {
      return;
    }
    plainSince = Times.earlier(plainSince, now);
    boolean isBelieved = Times.isDue(plainSince.plus(DOUBT), now);
    phase = new Phase.Asking(Instant.MAX);
    askAgain = now.plus(isBelieved ? ASK_AGAIN : DOUBTFULLY);
    if (isBelieved && !plainTold) {
      plainTold = true;
      desk.report(new PeerEvent.PlainOnly(peer));
    }
  }

  /// Others find a relay that has just been started a little later than we do.
  private boolean isDoubtful(Instant now) {
    notFoundSince = Times.earlier(notFoundSince, now);
    return desk.relayIsFresh(now) && !Times.isDue(notFoundSince.plus(DOUBT), now);
  }

  /// We have said yes, and wait for the circuit.
  void accepted(Instant now) {
    if (phase instanceof Phase.Asking) {
      phase = new Phase.Asking(now.plus(JOINING));
      askAgain = Instant.MAX;
      change(new Link.Punching());
    }
  }

  /// Who is up and unknown to the relay has left, unless the direct way says otherwise.
  void refused(Link.Reason reason, Instant now) {
    switch (phase) {
      case Phase.Asking(var until)
          when reason == Link.Reason.NOT_FOUND
              && link instanceof Link.Asking
              && isDoubtful(now) -> {
        phase = new Phase.Asking(Times.earlier(until, now.plus(ASKING)));
        askAgain = now.plus(DOUBTFULLY);
      }
      case Phase.Asking _ ->
          close(
              reason == Link.Reason.NOT_FOUND && link instanceof Link.Ringing
                  ? Link.Reason.NOT_ANSWERED
                  : reason);
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
    begins = news.begin();
    renewAt = Instant.MAX;
    var through = new Carriage.Through(relay.get(), news.circuit());
    switch (phase) {
      case Phase.Up(var live) when live.key().equals(news.key()) -> {
        live.ways().circuit(through);
        replaceAt = begins ? now.plus(REPLACE_AFTER) : Instant.MAX;
      }
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
      case LinkEvent.Pong(var roundTrip) -> measured(Duration.ofNanos(roundTrip));
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
      for (var said = up.next(now); said.isPresent(); said = up.next(now)) {
        if (said.get() instanceof PeerTalk.Candidates(var addresses)) {
          up.ways().candidates(addresses.stream().filter(desk::isReachable).toList(), now);
        } else {
          desk.report(new PeerEvent.Heard(peer, said.get()));
        }
      }
    } catch (MalformedMessage e) {
      lines.close(up.connection(), GOODBYE, "what was said is no message");
      close(Link.Reason.GONE);
    }
  }

  private void measured(Duration roundTrip) {
    if (measuring) {
      measuring = false;
      desk.report(new PeerEvent.Measured(new PeerId.Named(peer), roundTrip));
    }
  }

  // What the user wants

  void tell(PeerTalk words, Instant now) {
    if (phase instanceof Phase.Up(var live)) {
      live.say(words, now);
      if (!live.ways().hasCircuit() && live.ways().current() instanceof Way.Relayed) {
        renewAt = Times.earlier(renewAt, now);
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
      measuring = true;
      live.connection().ping();
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
      case Phase.Asking(var until) -> tickAsking(until, now);
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

  private void tickAsking(Instant until, Instant now) {
    if (Times.isDue(until, now)) {
      close(
          switch (link) {
            case Link.Asking _ -> Link.Reason.NO_RELAY;
            case Link.Ringing _ -> Link.Reason.NOT_ANSWERED;
            default -> Link.Reason.NEVER_ANSWERED;
          });
    } else if (Times.isDue(askAgain, now)) {
      desk.say(new RelayTalk.Call(peer));
      askAgain = now.plus(ASK_AGAIN);
    }
  }

  private void tickUp(LiveLink up, Instant now) {
    up.ways().tick(now);
    if (up.isGone(now)) {
      lines.close(up.connection(), GOODBYE, "not heard of any more");
      close(Link.Reason.GONE);
      return;
    }
    repair(up, up.isUnanswered(now), now);
    up.keepAlive(now);
    change(up.shown(now));
  }

  /// Asks for a circuit where one is needed, and for one over which it is for us to begin where the
  /// link itself may be dead.
  private void repair(LiveLink up, boolean unanswered, Instant now) {
    boolean useless = !up.ways().hasCircuit() || (unanswered && !begins);
    if (useless && (unanswered || up.ways().isSuspected())) {
      renewAt = renewAt.equals(Instant.MAX) ? now : renewAt;
    } else if (unanswered && replaceAt.equals(Instant.MAX)) {
      replaceAt = now;
    }
    if (Times.isDue(renewAt, now)) {
      desk.say(new RelayTalk.Call(peer));
      renewAt = useless ? now.plus(ASK_AGAIN) : Instant.MAX;
    }
    if (Times.isDue(replaceAt, now)) {
      replaceAt = Instant.MAX;
      if (up.ways().unansweredSince().isPresent()) {
        beginAnew(up, now);
      }
    }
  }

  /// A peer that was started anew knows nothing of the link, and cannot say so: another one is
  /// begun beside it, and takes its place if it is answered.
  private void beginAnew(LiveLink up, Instant now) {
    if (!begins || (replacement != null && !replacement.isOver())) {
      return;
    }
    var relay = desk.relay();
    if (relay.isPresent() && circuit.isPresent()) {
      replacement = begin(new Carriage.Through(relay.get(), circuit.get()), up.key(), now);
    }
  }

  Instant wakeAt() {
    return switch (phase) {
      case Phase.Asking(var until) -> Times.earlier(until, askAgain);
      case Phase.Joining(_, _, _, var until) -> until;
      case Phase.Up(var live) ->
          Times.earlier(
              Times.earlier(renewAt, replaceAt), live.wakeAt(link instanceof Link.Unanswered));
      case Phase.Closed _ -> Instant.MAX;
    };
  }
}
