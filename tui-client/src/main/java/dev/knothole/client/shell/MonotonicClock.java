package dev.knothole.client.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of day that never goes back: it starts with the system's and then counts, so that a
/// small correction of the clock neither ends nor prolongs a wait. It follows a jump forward,
/// because that is how waking from sleep looks: the counter stands still meanwhile, the others do
/// not.
final class MonotonicClock implements InstantSource {
  /// More than a time server corrects at once.
  private static final Duration JUMP = Duration.ofSeconds(5);

  private final long startNanos = System.nanoTime();
  private Instant start = Instant.now();

  @Override
  public synchronized Instant instant() {
    var counted = start.plusNanos(System.nanoTime() - startNanos);
    var ahead = Duration.between(counted, Instant.now());
    if (ahead.compareTo(JUMP) < 0) {
      return counted;
    }
    start = start.plus(ahead);
    return counted.plus(ahead);
  }
}
