package dev.knothole.client.peer;

import java.time.Duration;
import java.time.Instant;

/// Arithmetic of moments and pauses. [Instant#MAX] is never.
final class Times {
  /// Beyond it every pause has long reached its limit, and nothing overflows.
  private static final int MOST_DOUBLINGS = 16;

  private Times() {}

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static boolean isDue(Instant time, Instant now) {
    return !time.isAfter(now);
  }

  /// Exponential back-off: the pause doubled so many times, but not beyond the limit.
  static Duration doubled(Duration pause, int times, Duration limit) {
    Duration grown = pause.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    return grown.compareTo(limit) < 0 ? grown : limit;
  }
}
