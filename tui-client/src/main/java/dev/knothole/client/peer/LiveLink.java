package dev.knothole.client.peer;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.TalkJson;
import dev.knothole.protocol.talk.TalkStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A link to a peer that is up: what is said over it, whether the peer answers, and what keeps its
/// way open.
final class LiveLink {
  /// A peer that owes an answer for so long is shown as not answering.
  static final Duration UNANSWERED = Duration.ofSeconds(3);

  /// And after so long it counts as gone.
  static final Duration GONE = Duration.ofSeconds(60);

  /// Within the 30 s after which impatient routers forget a mapping.
  static final Duration KEEPALIVE = Duration.ofSeconds(20);

  /// An idle chat needs no path; the next word finds one again.
  static final Duration IDLE = Duration.ofMinutes(2);

  private final Connection connection;
  private final TalkStream<PeerTalk> talk;
  private final Fingerprint key;
  private final Ways ways;
  private final Jitter jitter;
  private boolean measuring;
  private Instant activeAt;
  private Instant pingAt = Instant.MAX;

  /// @param connection to a peer that is authenticated
  /// @param stream what is said on
  LiveLink(Connection connection, long stream, Ways ways, Jitter jitter, Instant now) {
    this.connection = connection;
    this.ways = ways;
    this.jitter = jitter;
    key = connection.peer().orElseThrow();
    connection.prioritise(stream, Priority.URGENT);
    talk = new TalkStream<>(TalkJson.PEER, connection, stream);
    activeAt = now;
    active(now);
  }

  Connection connection() {
    return connection;
  }

  /// What the peer has proven to hold.
  Fingerprint key() {
    return key;
  }

  Ways ways() {
    return ways;
  }

  void say(PeerTalk words, Instant now) {
    talk.send(words);
    active(now);
  }

  /// There is room to write again.
  void flush() {
    talk.flush();
  }

  /// All that the peer has said as a whole, but for where it might be reached.
  List<PeerTalk> arrived(CallDesk desk, Instant now) throws MalformedMessage {
    var words = new ArrayList<PeerTalk>();
    for (var said = talk.next(); said.isPresent(); said = talk.next()) {
      active(now);
      if (said.get() instanceof PeerTalk.Candidates(var addresses)) {
        ways.candidates(addresses.stream().filter(desk::isReachable).toList(), now);
      } else {
        words.add(said.get());
      }
    }
    return words;
  }

  /// The user wants to know the round trip.
  void measure() {
    measuring = true;
    connection.ping();
  }

  /// Whether the user waits for it, once.
  boolean takeMeasuring() {
    boolean was = measuring;
    measuring = false;
    return was;
  }

  private void active(Instant now) {
    activeAt = now;
    pingAt = Times.earlier(pingAt, now.plus(KEEPALIVE));
  }

  boolean isIdle(Instant now) {
    return Times.isDue(activeAt.plus(IDLE), now);
  }

  boolean isUnanswered(Instant now) {
    return owes(UNANSWERED, now);
  }

  boolean isGone(Instant now) {
    return owes(GONE, now);
  }

  private boolean owes(Duration patience, Instant now) {
    return ways.unansweredSince()
        .filter(since -> Times.isDue(since.plus(patience), now))
        .isPresent();
  }

  /// Whether a peer that the relay does not know any more is not there either way.
  boolean isLost(Instant now) {
    boolean relayed = ways.current() instanceof Way.Relayed;
    return !ways.hasCircuit() && (relayed || isUnanswered(now));
  }

  void keepAlive(Instant now) {
    if (!Times.isDue(pingAt, now)) {
      return;
    }
    if (isIdle(now)) {
      pingAt = Instant.MAX;
    } else {
      pingAt = now.plus(jitter.around(KEEPALIVE));
      connection.ping();
    }
  }

  /// How it stands, as the user sees it.
  Link shown(Instant now) {
    var since = ways.unansweredSince();
    var roundTrip = Duration.ofMillis(Math.round(connection.roundTrip() / 1e6));
    return since.isPresent() && isUnanswered(now)
        ? new Link.Unanswered(key, ways.current(), since.get())
        : new Link.Private(key, ways.current(), Optional.of(roundTrip));
  }

  /// @param isShown whether the peer is shown as not answering already
  Instant wakeAt(boolean isShown) {
    var wake = Times.earlier(pingAt, ways.wakeAt());
    var since = ways.unansweredSince();
    return since.isEmpty()
        ? wake
        : Times.earlier(wake, since.get().plus(isShown ? GONE : UNANSWERED));
  }
}
