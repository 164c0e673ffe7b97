package dev.knothole.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MonotonicClockTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Instant wall = START;
  private long nanos = 42;
  private final MonotonicClock clock = new MonotonicClock(() -> wall, () -> nanos);

  @Test
  void small_corrections_of_the_system_clock_are_not_followed() {
    count(Duration.ofSeconds(10));
    wall = START.plusSeconds(12);
    assertEquals(START.plusSeconds(10), clock.instant());
    wall = START.minusSeconds(3_600);
    assertEquals(START.plusSeconds(10), clock.instant());
  }

  @Test
  void after_sleep_it_is_as_late_as_outside_and_counts_on_from_there() {
    count(Duration.ofSeconds(10));
    wall = START.plus(Duration.ofHours(8));
    assertEquals(wall, clock.instant());
    count(Duration.ofSeconds(1));
    assertEquals(START.plus(Duration.ofHours(8)).plusSeconds(1), clock.instant());
  }

  private void count(Duration time) {
    nanos += time.toNanos();
  }
}
