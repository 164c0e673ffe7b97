package dev.knothole.client.shell;

import java.time.Instant;
import java.time.InstantSource;

/// The time of day that never jumps: it starts with the system's and then only counts, so that a
/// corrected clock neither ends nor prolongs a wait.
final class MonotonicClock implements InstantSource {
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
