package dev.knothole.client.peer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Spreads timers, so that many clients started by one event do not send in step ever after.
record Jitter(RandomGenerator random) {
  /// How far a timer strays, in either direction; what RFC 8085, section 3.1.1, calls for is any.
  private static final double SPREAD = 0.1;

  Duration around(Duration middle) {
    double factor = 1 + SPREAD * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(middle.toNanos() * factor));
  }
}
