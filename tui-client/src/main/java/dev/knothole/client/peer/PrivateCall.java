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
import dev.knothole.protocol.talk.TalkJson;
import dev.knothole.protocol.talk.TalkStream;
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

  /// A peer that owes an answer for so long is shown as not answering.
  static final Duration UNANSWERED = Duration.ofSeconds(3);

  /// And after so long it counts as gone.
  static final Duration GONE = Duration.ofSeconds(60);

  /// Within the 30 s after which impatient routers forget a mapping.
  static final Duration KEEPALIVE = Duration.ofSeconds(20);

  /// An idle chat needs no path; the next word finds one again.
  static final Duration IDLE = Duration.ofMinutes(2);

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

    record Up(Connection connection, TalkStream<PeerTalk> talk, Fingerprint key, Ways ways)
        implements Phase {}

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
  private Instant activeAt;
  private Instant pingAt = Instant.MAX;
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
    activeAt = now;
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
      case Phase.Up up -> {
        up.ways().circuitEnded();
        renewAt = Times.isDue(activeAt.plus(IDLE), now) ? Instant.MAX : now;
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
      case Phase.Up up when isLost(up, now) -> {
        lines.close(up.connection(), GOODBYE, "gone");
        close(reason == Link.Reason.NOT_FOUND ? Link.Reason.GONE : reason);
      }
      case Phase.Up _, Phase.Joining _, Phase.Closed _ -> {}
    }
  }

  private static boolean isLost(Phase.Up up, Instant now) {
    boolean relayed = up.ways().current() instanceof Way.Relayed;
    return !up.ways().hasCircuit() && (relayed || isUnanswered(up, now));
  }

  private static boolean isUnanswered(Phase.Up up, Instant now) {
    return up.ways()
        .unansweredSince()
        .filter(since -> Times.isDue(since.plus(UNANSWERED), now))
        .isPresent();
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
      case Phase.Up(_, _, var key, var ways) when key.equals(news.key()) -> {
        ways.circuit(through);
        replaceAt = begins ? now.plus(REPLACE_AFTER) : Instant.MAX;
      }
      case Phase.Up(var connection, _, _, _) -> {
        lines.close(connection, REPLACED, "another key");
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
    if (phase instanceof Phase.Up(_, _, _, var ways)) {
      ways.circuitEnded();
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
      case Phase.Up(_, _, var key, _) -> Optional.of(key);
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
    if (phase instanceof Phase.Up(var old, _, _, _)) {
      lines.close(old, REPLACED, "begun anew");
      change(new Link.Punching());
    }
  }

  private Phase.Up up(Connection connection, long stream, Instant now) {
    var key = connection.peer().orElseThrow();
    connection.prioritise(stream, Priority.URGENT);
    var talk = new TalkStream<>(TalkJson.PEER, connection, stream);
    var through = (Carriage.Through) connection.route();
    var ways = new Ways(connection, through, desk.relayOnly(), jitter);
    var up = new Phase.Up(connection, talk, key, ways);
    phase = up;
    replacement = null;
    active(now);
    change(new Link.Private(key, ways.current(), Optional.empty()));
    talk.send(desk.candidates());
    return up;
  }

  @Override
  public void heard(Connection from, LinkEvent event, Instant now) {
    switch (phase) {
      case Phase.Joining joining when from == joining.ours() -> begun(from, event, now);
      case Phase.Up up when from == up.connection() -> heard(up, event, now);
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

  private void heard(Phase.Up up, LinkEvent event, Instant now) {
    switch (event) {
      case LinkEvent.OfStream(StreamEvent.Arrived _) -> arrived(up, now);
      case LinkEvent.OfStream(StreamEvent.RoomToWrite _) -> up.talk().flush();
      case LinkEvent.Pong(var roundTrip) -> measured(Duration.ofNanos(roundTrip));
      case LinkEvent.Closed(var reason) -> ended(up, reason, now);
      default -> up.ways().heard(event, now);
    }
  }

  private void ended(Phase.Up up, CloseReason reason, Instant now) {
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

  private void arrived(Phase.Up up, Instant now) {
    try {
      for (var said = up.talk().next(); said.isPresent(); said = up.talk().next()) {
        active(now);
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
    if (phase instanceof Phase.Up(_, var talk, _, var ways)) {
      talk.send(words);
      active(now);
      if (!ways.hasCircuit() && ways.current() instanceof Way.Relayed) {
        renewAt = Times.earlier(renewAt, now);
      }
    }
  }

  /// Our addresses are others now.
  void moved(Instant now) {
    if (phase instanceof Phase.Up(_, var talk, _, var ways)) {
      talk.send(desk.candidates());
      ways.startAfresh(now);
    }
  }

  void measure() {
    if (phase instanceof Phase.Up(var connection, _, _, _)) {
      measuring = true;
      connection.ping();
    }
  }

  void hangUp() {
    abandon();
    if (phase instanceof Phase.Up(var connection, _, _, _)) {
      lines.close(connection, GOODBYE, "goodbye");
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

  private void active(Instant now) {
    activeAt = now;
    pingAt = Times.earlier(pingAt, now.plus(KEEPALIVE));
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
      case Phase.Up up -> tickUp(up, now);
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

  private void tickUp(Phase.Up up, Instant now) {
    up.ways().tick(now);
    var since = up.ways().unansweredSince();
    if (since.filter(from -> Times.isDue(from.plus(GONE), now)).isPresent()) {
      lines.close(up.connection(), GOODBYE, "not heard of any more");
      close(Link.Reason.GONE);
      return;
    }
    boolean unanswered = isUnanswered(up, now);
    repair(up, unanswered, now);
    keepAlive(up, now);
    show(up, unanswered ? since : Optional.empty());
  }

  /// Asks for a circuit where one is needed, and for one over which it is for us to begin where the
  /// link itself may be dead.
  private void repair(Phase.Up up, boolean unanswered, Instant now) {
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
  private void beginAnew(Phase.Up up, Instant now) {
    if (!begins || (replacement != null && !replacement.isOver())) {
      return;
    }
    var relay = desk.relay();
    if (relay.isPresent() && circuit.isPresent()) {
      replacement = begin(new Carriage.Through(relay.get(), circuit.get()), up.key(), now);
    }
  }

  private void keepAlive(Phase.Up up, Instant now) {
    if (!Times.isDue(pingAt, now)) {
      return;
    }
    if (Times.isDue(activeAt.plus(IDLE), now)) {
      pingAt = Instant.MAX;
    } else {
      pingAt = now.plus(jitter.around(KEEPALIVE));
      up.connection().ping();
    }
  }

  private void show(Phase.Up up, Optional<Instant> silentSince) {
    var way = up.ways().current();
    var roundTrip = Duration.ofMillis(Math.round(up.connection().roundTrip() / 1e6));
    change(
        silentSince.isPresent()
            ? new Link.Unanswered(up.key(), way, silentSince.get())
            : new Link.Private(up.key(), way, Optional.of(roundTrip)));
  }

  Instant wakeAt() {
    return switch (phase) {
      case Phase.Asking(var until) -> Times.earlier(until, askAgain);
      case Phase.Joining(_, _, _, var until) -> until;
      case Phase.Up up -> wakeAt(up);
      case Phase.Closed _ -> Instant.MAX;
    };
  }

  private Instant wakeAt(Phase.Up up) {
    var wake = Times.earlier(Times.earlier(renewAt, replaceAt), pingAt);
    wake = Times.earlier(wake, up.ways().wakeAt());
    var since = up.ways().unansweredSince();
    if (since.isEmpty()) {
      return wake;
    }
    var next = link instanceof Link.Unanswered ? GONE : UNANSWERED;
    return Times.earlier(wake, since.get().plus(next));
  }
}
