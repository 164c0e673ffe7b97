package dev.knothole.client.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The time of day that never goes back: it starts with the system's and then counts, so that a
/// small correction of the clock neither ends nor prolongs a wait. It follows a jump forward,
/// because that is how waking from sleep looks: the counter stands still meanwhile, the others do
/// not.
final class MonotonicClock implements InstantSource {
  /// More than a time server corrects at once.
  static final Duration JUMP = Duration.ofSeconds(5);

  private final InstantSource wall;
  private final LongSupplier counter;
  private final long startNanos;
  private Instant start;

  MonotonicClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /// @param counter in nanoseconds, never going back
  MonotonicClock(InstantSource wall, LongSupplier counter) {
    this.wall = wall;
    this.counter = counter;
    startNanos = counter.getAsLong();
    start = wall.instant();
  }

  @Override
  public synchronized Instant instant() {
    var counted = start.plusNanos(counter.getAsLong() - startNanos);
    var ahead = Duration.between(counted, wall.instant());
    if (ahead.compareTo(JUMP) < 0) {
      return counted;
    }
    start = start.plus(ahead);
    return counted.plus(ahead);
  }
}
