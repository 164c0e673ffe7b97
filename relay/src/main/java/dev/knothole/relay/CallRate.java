package dev.knothole.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// So many within a minute, and no more.
final class CallRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final ArrayDeque<Instant> times = new ArrayDeque<>();

  CallRate(int most) {
    this.most = most;
  }

  boolean allows(Instant now) {
    while (!times.isEmpty() && !now.isBefore(times.getFirst().plus(WINDOW))) {
      times.removeFirst();
    }
    return times.size() < most;
  }

  void count(Instant now) {
    times.addLast(now);
  }
}
