package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One attempt to reach one peer through both NATs.
///
/// Each side sends to every address the other might have; what goes out opens the own NAT for what
/// comes in. An address is a *candidate* because the relay or the user named it, or, as a guess,
/// because something came from it that is probably our peer behind a NAT that gave it another port
/// (peer-reflexive in RFC 8445).
///
/// Only a `Pong` proves that a path works both ways; the first one wins. From a named address it is
/// proof at once. A `Pong` from a guessed one may answer a ping to another address, for it does not
/// say which ping it answers: a peer whose NAT uses a port for each destination answers everything
/// from yet another port. So a guess is checked: nobody is pinged until every answer under way has
/// come, then the guess alone. Meanwhile the named address has its last chance; several clients may
/// share one IP address.
final class HolePuncher {
  /// Long enough for two more introductions when the first was lost, short enough to wait for.
  static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  /// Named addresses are one or two; the rest is room for the ports a symmetric NAT may show.
  static final int MAX_CANDIDATES = 8;

  /// Before a guess is checked. Longer than nearly every round trip, too short to notice.
  static final Duration QUIET = Duration.ofMillis(500);

  /// When a guess is pinged after the quiet, and when it has failed.
  private static final List<Duration> CHECKS =
      List.of(0, 200, 500, 1200).stream().map(QUIET::plusMillis).toList();

  /// When a `Ping` at once in answer to a `Ping` would only double one that is still under way.
  private static final Duration JUST_SENT = Duration.ofMillis(100);

  /// The pauses between pings to one candidate: sent at 0, 30, 90, 200, 400, 800, 1500, 2500 ms.
  /// Dense first, since most holes open with the first packet that finds both NATs ready.
  private static final List<Duration> PAUSES =
      List.of(30, 60, 110, 200, 400, 700, 1000).stream().map(Duration::ofMillis).toList();

  private static final Duration LAST_PAUSE = Duration.ofSeconds(1);

  /// When an attempt on which nothing was heard asks for another introduction: the peer may never
  /// have got the first.
  private static final List<Duration> ASK_AGAIN_AFTER =
      List.of(2500, 5000, 6500, 8000).stream().map(Duration::ofMillis).toList();

  /// Who can have the introduction repeated.
  enum Side {
    /// We asked the relay for the peer.
    REQUESTER,
    /// The peer asked for us, or no relay is involved.
    TARGET
  }

  sealed interface Input {
    /// The relay or the user says that the peer is there.
    record Named(Endpoint candidate) implements Input {}

    /// @param from a candidate, or an address that may well be our peer's
    record Heard(Endpoint from, Message.BetweenPeers message) implements Input {}

    record Tick() implements Input {}
  }

  sealed interface Output {
    record Send(Endpoint to, Message.BetweenPeers message) implements Output {}

    record Said(String text) implements Output {}

    record AskAgain() implements Output {}

    /// The attempt is over, well.
    ///
    /// @param rtt when the answer can belong to one ping only
    /// @param others further addresses that are certainly the peer's
    record Opened(Endpoint path, Optional<Duration> rtt, List<Endpoint> others) implements Output {
      public Opened {
        others = List.copyOf(others);
      }
    }

    /// The attempt is over, in vain.
    record GaveUp() implements Output {}
  }

  private final Side side;
  private final Jitter jitter;
  private final Instant started;
  private final SequencedMap<Endpoint, Candidate> candidates = new LinkedHashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private int askedAgain;
  private boolean heardAnything;
  private @Nullable Check check;
  private boolean over;

  HolePuncher(Side side, Jitter jitter, Instant now) {
    this.side = side;
    this.jitter = jitter;
    this.started = now;
  }

  List<Output> handle(Input input, Instant now) {
    outputs.clear();
    if (!over) {
      switch (input) {
        case Input.Named(var address) -> named(address, now);
        case Input.Heard(var from, var message) -> heard(from, message, now);
        case Input.Tick() -> {}
      }
      tick(now);
    }
    return List.copyOf(outputs);
  }

  /// Whether this address is a candidate.
  boolean knows(Endpoint address) {
    return candidates.containsKey(address);
  }

  /// Whether this address was named, not guessed.
  boolean isNamed(Endpoint address) {
    Candidate candidate = candidates.get(address);
    return candidate != null && !candidate.guessed;
  }

  /// Whether what comes from there is probably our peer: the address of a named candidate, with
  /// another port.
  boolean mayBe(Endpoint from) {
    return candidates.values().stream()
        .anyMatch(c -> !c.guessed && c.address.address().equals(from.address()));
  }

  /// Forgets a guess that has turned out to be somebody else.
  void release(Endpoint address) {
    Candidate candidate = candidates.get(address);
    if (candidate != null && candidate.guessed) {
      candidates.remove(address);
      check = check != null && check.candidate == candidate ? null : check;
    }
  }

  /// The candidates something came from.
  List<Endpoint> heardFrom() {
    return candidates.values().stream().filter(c -> c.heard).map(c -> c.address).toList();
  }

  Instant wakeAt() {
    if (over) {
      return Instant.MAX;
    }
    Instant wake = started.plus(GIVE_UP_AFTER);
    if (mayAskAgain()) {
      wake = Times.earlier(wake, started.plus(ASK_AGAIN_AFTER.get(askedAgain)));
    }
    if (check != null) {
      return Times.earlier(wake, check.next());
    }
    for (Candidate candidate : candidates.values()) {
      wake = Times.earlier(wake, candidate.next);
    }
    return wake;
  }

  private void named(Endpoint address, Instant now) {
    Candidate known = candidates.get(address);
    if (known != null) {
      known.guessed = false;
      return;
    }
    if (candidates.size() == MAX_CANDIDATES) {
      candidates.values().stream()
          .filter(c -> c.guessed)
          .findFirst()
          .ifPresent(guess -> candidates.remove(guess.address));
    }
    add(address, now, false);
  }

  private @Nullable Candidate add(Endpoint address, Instant now, boolean guessed) {
    if (candidates.size() >= MAX_CANDIDATES) {
      return null;
    }
    Candidate candidate = new Candidate(address, now, guessed);
    candidates.put(address, candidate);
    return candidate;
  }

  /// A `Goodbye` is about an earlier chat: this one has not begun.
  private void heard(Endpoint from, Message.BetweenPeers message, Instant now) {
    if (message instanceof Goodbye) {
      return;
    }
    Candidate candidate = candidates.get(from);
    if (candidate == null) {
      candidate = add(from, now, true);
    }
    if (candidate == null) {
      return;
    }
    heardAnything = true;
    candidate.heard = true;
    switch (message) {
      case Ping() -> outputs.add(new Output.Send(from, new Pong()));
      case Pong() -> answered(candidate, now);
      case DirectMessage said when !said.equals(DirectMessage.PUNCH) ->
          outputs.add(new Output.Said(said.content()));
      case DirectMessage _, Goodbye() -> {}
    }
    if (check == null && !candidate.answered && candidate.lastSentBefore(now.minus(JUST_SENT))) {
      ping(candidate, now);
    }
  }

  private void answered(Candidate candidate, Instant now) {
    if (check == null || check.candidate != candidate) {
      candidate.pong(now);
    } else if (check.isUnderWay()) {
      candidate.sent = check.sent;
      candidate.answered = false;
      candidate.pong(now);
      candidate.guessed = false;
    }
  }

  private void tick(Instant now) {
    if (open()) {
      return;
    }
    if (!now.isBefore(started.plus(GIVE_UP_AFTER))) {
      over = true;
      outputs.add(new Output.GaveUp());
      return;
    }
    check(now);
    if (check == null) {
      pingDue(now);
    }
    if (mayAskAgain() && !now.isBefore(started.plus(ASK_AGAIN_AFTER.get(askedAgain)))) {
      askedAgain++;
      outputs.add(new Output.AskAgain());
    }
  }

  private void pingDue(Instant now) {
    for (Candidate candidate : candidates.values()) {
      if (Times.isDue(candidate.next, now)) {
        ping(candidate, now);
        candidate.next = now.plus(jitter.around(candidate.pause()));
      }
    }
  }

  private void check(Instant now) {
    if (check != null && check.hasFailed(now)) {
      check.candidate.answered = false;
      check = null;
      return;
    }
    if (check == null) {
      check =
          candidates.values().stream()
              .filter(c -> c.answered)
              .findFirst()
              .map(guess -> new Check(guess, now))
              .orElse(null);
    }
    if (check != null && Times.isDue(check.next(), now)) {
      check.sent++;
      ping(check.candidate, now);
    }
  }

  private boolean mayAskAgain() {
    return side == Side.REQUESTER && !heardAnything && askedAgain < ASK_AGAIN_AFTER.size();
  }

  private void ping(Candidate candidate, Instant now) {
    candidate.sent++;
    candidate.lastSent = now;
    outputs.add(new Output.Send(candidate.address, new Ping()));
  }

  private boolean open() {
    Optional<Candidate> winner =
        candidates.values().stream().filter(c -> c.answered && !c.guessed).findFirst();
    winner.ifPresent(
        path -> {
          over = true;
          List<Endpoint> others =
              candidates.values().stream()
                  .filter(c -> c != path && !c.guessed)
                  .map(c -> c.address)
                  .toList();
          outputs.add(new Output.Opened(path.address, path.rtt, others));
        });
    return winner.isPresent();
  }

  private static final class Check {
    final Candidate candidate;
    final Instant since;
    int sent;

    Check(Candidate candidate, Instant now) {
      this.candidate = candidate;
      this.since = now;
    }

    boolean isUnderWay() {
      return sent > 0;
    }

    Instant next() {
      return since.plus(CHECKS.get(sent));
    }

    boolean hasFailed(Instant now) {
      return sent == CHECKS.size() - 1 && Times.isDue(next(), now);
    }
  }

  private static final class Candidate {
    final Endpoint address;
    boolean guessed;
    Instant next;
    Instant lastSent = Instant.MIN;
    int rounds;
    int sent;
    boolean heard;
    boolean answered;
    Optional<Duration> rtt = Optional.empty();

    Candidate(Endpoint address, Instant now, boolean guessed) {
      this.address = address;
      this.next = now;
      this.guessed = guessed;
    }

    /// An answer to a question we never asked proves nothing.
    void pong(Instant now) {
      if (sent == 1 && !answered) {
        rtt = Optional.of(Duration.between(lastSent, now));
      }
      answered |= sent > 0;
    }

    boolean lastSentBefore(Instant time) {
      return lastSent.isBefore(time) && next.isAfter(time.plus(JUST_SENT));
    }

    Duration pause() {
      return rounds < PAUSES.size() ? PAUSES.get(rounds++) : LAST_PAUSE;
    }
  }
}
