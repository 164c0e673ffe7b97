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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A path that works both ways: keeps it open, measures it, and notices when it dies.
///
/// A `Pong` of this dialect does not say which `Ping` it answers. So only one ping at a time is
/// measured, and when one was lost the next answer is not believed: it may belong to either. That
/// is Karn's rule (RFC 6298, section 3), and the smoothing is that of RFC 6298, section 2.
final class OpenPath {
  /// Well below the 30 s after which impatient NATs forget a UDP mapping, and often enough that two
  /// lost ones do not make a path look silent.
  static final Duration PING_EVERY = Duration.ofSeconds(5);

  /// Two pings of ours and two of the peer's unanswered or lost.
  static final Duration SILENT_AFTER = Duration.ofSeconds(12);

  static final Duration GONE_AFTER = Duration.ofSeconds(60);

  /// By then every answer to an earlier ping has come, or never will.
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

  private static final int SMOOTHING = 8;

  sealed interface Input {
    record Heard(Message.BetweenPeers message) implements Input {}

    /// The user wants to know the round-trip time now.
    record Measure() implements Input {}

    /// Find out now whether the peer is still there.
    record Probe() implements Input {}

    record Tick() implements Input {}
  }

  sealed interface Output {
    record Send(Message.BetweenPeers message) implements Output {}

    record Said(String text) implements Output {}

    /// What [Input.Measure] asked for.
    record Measured(Duration rtt) implements Output {}

    /// Open, Silent or Closed; after Closed nothing more comes.
    record Changed(Link link) implements Output {}
  }

  private final Endpoint address;
  private final Jitter jitter;
  private final List<Output> outputs = new ArrayList<>();
  private Link link;
  private Instant lastHeard;
  private Instant nextPing;
  private @Nullable Instant pinged;
  private boolean ambiguous;
  private boolean measuring;
  private Optional<Duration> rtt;

  /// @param rtt the first sample; without it answers to earlier pings may still be under way, and
  ///     measuring begins when they have come
  OpenPath(Endpoint address, Optional<Duration> rtt, Jitter jitter, Instant now) {
    this.address = address;
    this.jitter = jitter;
    this.rtt = rtt;
    this.lastHeard = now;
    this.nextPing = now.plus(rtt.isPresent() ? jitter.around(PING_EVERY) : ANSWERS_WITHIN);
    this.link = new Link.Open(address, rtt);
  }

  List<Output> handle(Input input, Instant now) {
    outputs.clear();
    if (!(link instanceof Link.Closed)) {
      switch (input) {
        case Input.Heard(var message) -> heard(message, now);
        case Input.Measure() -> measure(now);
        case Input.Probe() -> ping(now);
        case Input.Tick() -> {}
      }
      watch(now);
    }
    return List.copyOf(outputs);
  }

  Endpoint address() {
    return address;
  }

  Link link() {
    return link;
  }

  /// Whether a whole round of pings has passed without a sign of life.
  boolean isOverdue(Instant now) {
    return lastHeard.plus(PING_EVERY.multipliedBy(3).dividedBy(2)).isBefore(now);
  }

  Instant wakeAt() {
    return switch (link) {
      case Link.Closed _ -> Instant.MAX;
      case Link.Silent _ -> Times.earlier(nextPing, lastHeard.plus(GONE_AFTER));
      default -> Times.earlier(nextPing, lastHeard.plus(SILENT_AFTER));
    };
  }

  private void heard(Message.BetweenPeers message, Instant now) {
    lastHeard = now;
    if (link instanceof Link.Silent) {
      change(new Link.Open(address, rtt));
    }
    switch (message) {
      case Ping() -> outputs.add(new Output.Send(new Pong()));
      case Pong() -> answered(now);
      case DirectMessage said when said.equals(DirectMessage.PUNCH) -> {}
      case DirectMessage(var text) -> outputs.add(new Output.Said(text));
      case Goodbye() -> change(new Link.Closed(Link.Reason.GOODBYE));
    }
  }

  private void measure(Instant now) {
    measuring = true;
    if (pinged == null || Times.isDue(pinged.plus(ANSWERS_WITHIN), now)) {
      ping(now);
    }
  }

  private void ping(Instant now) {
    ambiguous = pinged != null;
    pinged = now;
    nextPing = now.plus(jitter.around(PING_EVERY));
    outputs.add(new Output.Send(new Ping()));
  }

  private void answered(Instant now) {
    if (pinged == null) {
      return;
    }
    Instant sent = pinged;
    pinged = null;
    if (!ambiguous) {
      sample(Duration.between(sent, now));
    } else if (measuring) {
      ping(now);
    }
  }

  private void sample(Duration sample) {
    Duration smoothed =
        rtt.map(old -> old.multipliedBy(SMOOTHING - 1).plus(sample).dividedBy(SMOOTHING))
            .orElse(sample);
    boolean looksDifferent = rtt.isEmpty() || millis(rtt.get()) != millis(smoothed);
    rtt = Optional.of(smoothed);
    if (looksDifferent) {
      change(new Link.Open(address, rtt));
    }
    if (measuring) {
      measuring = false;
      outputs.add(new Output.Measured(sample));
    }
  }

  private static long millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e6);
  }

  private void watch(Instant now) {
    if (link instanceof Link.Closed) {
      return;
    }
    if (Times.isDue(lastHeard.plus(GONE_AFTER), now)) {
      change(new Link.Closed(Link.Reason.GONE));
      return;
    }
    if (!(link instanceof Link.Silent) && Times.isDue(lastHeard.plus(SILENT_AFTER), now)) {
      change(new Link.Silent(address, lastHeard));
    }
    if (Times.isDue(nextPing, now)) {
      ping(now);
    }
  }

  private void change(Link changed) {
    link = changed;
    outputs.add(new Output.Changed(changed));
  }
}
