package dev.knothole.client.peer;

import java.time.Duration;
import java.time.Instant;

/// When to ask for another circuit for a link that is up, and when to begin another link beside it.
///
/// A circuit is needed where there is none and the link does not answer, or its direct way is
/// suspected. A peer that was started anew knows nothing of the link, and cannot say so; but only
/// the end that asked for a circuit begins links over it, so that never both do.
final class Mending {
  /// How long a link gets to show over another circuit that it still works.
  static final Duration REPLACE_AFTER = Duration.ofSeconds(1);

  /// What there is to be done now.
  enum Step {
    NOTHING,
    ASK_FOR_CIRCUIT,
    BEGIN_ANEW
  }

  private boolean begins;
  private Instant circuitAt = Instant.MAX;
  private Instant linkAt = Instant.MAX;

  /// There is another circuit.
  ///
  /// @param isUp whether there is a link to go on over it
  void introduced(boolean begin, boolean isUp, Instant now) {
    begins = begin;
    circuitAt = Instant.MAX;
    linkAt = isUp && begin ? now.plus(REPLACE_AFTER) : Instant.MAX;
  }

  /// A circuit is wanted as soon as possible.
  void wantCircuit(Instant now) {
    circuitAt = Times.earlier(circuitAt, now);
  }

  void wantNothing() {
    circuitAt = Instant.MAX;
  }

  Step step(LiveLink up, Instant now) {
    boolean unanswered = up.isUnanswered(now);
    boolean useless = !up.ways().hasCircuit() || (unanswered && !begins);
    if (useless && (unanswered || up.ways().isSuspected())) {
      wantCircuit(now);
    } else if (unanswered) {
      linkAt = Times.earlier(linkAt, now);
    }
    if (Times.isDue(circuitAt, now)) {
      circuitAt = useless ? now.plus(Wish.ASK_AGAIN) : Instant.MAX;
      return Step.ASK_FOR_CIRCUIT;
    }
    if (Times.isDue(linkAt, now)) {
      linkAt = Instant.MAX;
      return begins && up.ways().unansweredSince().isPresent() ? Step.BEGIN_ANEW : Step.NOTHING;
    }
    return Step.NOTHING;
  }

  Instant wakeAt() {
    return Times.earlier(circuitAt, linkAt);
  }
}
