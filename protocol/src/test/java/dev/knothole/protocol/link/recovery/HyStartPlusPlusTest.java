package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.HyStartPlusPlus.Phase.CONSERVATIVE;
import static dev.knothole.protocol.link.recovery.HyStartPlusPlus.Phase.DONE;
import static dev.knothole.protocol.link.recovery.HyStartPlusPlus.Phase.SLOW_START;
import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HyStartPlusPlusTest {
  private final HyStartPlusPlus slowStart = new HyStartPlusPlus();
  private long delivered;

  @Test
  void a_steady_round_trip_never_ends_slow_start() {
    for (int i = 0; i < 20; i++) {
      round(40, 8);
    }
    assertEquals(SLOW_START, slowStart.phase());
    assertEquals(1000, slowStart.growth(1000));
  }

  @Test
  void a_rise_of_an_eighth_makes_it_conservative_and_five_rounds_end_it() {
    round(40, 8);
    round(44, 8);
    assertEquals(SLOW_START, slowStart.phase());
    round(49.5, 8);
    assertEquals(CONSERVATIVE, slowStart.phase());
    assertEquals(250, slowStart.growth(1000));
    for (int i = 0; i < 4; i++) {
      round(50, 8);
      assertEquals(CONSERVATIVE, slowStart.phase());
    }
    round(50, 8);
    assertEquals(DONE, slowStart.phase());
  }

  @Test
  void a_rise_that_vanishes_resumes_slow_start() {
    round(40, 8);
    round(60, 8);
    assertEquals(CONSERVATIVE, slowStart.phase());
    round(41, 8);
    assertEquals(SLOW_START, slowStart.phase());
  }

  @Test
  void fewer_than_eight_samples_prove_nothing() {
    round(40, 8);
    round(80, 7);
    assertEquals(SLOW_START, slowStart.phase());
  }

  @Test
  void the_threshold_stays_between_four_and_sixteen_milliseconds() {
    round(10, 8);
    round(13, 8);
    assertEquals(SLOW_START, slowStart.phase());
    round(300, 8);
    assertEquals(CONSERVATIVE, slowStart.phase());
    HyStartPlusPlus other = new HyStartPlusPlus();
    for (int i = 0; i < 8; i++) {
      other.acked(0, 8, 300 * MILLISECOND);
    }
    for (int i = 0; i < 8; i++) {
      other.acked(8, 16, 317 * MILLISECOND);
    }
    assertEquals(CONSERVATIVE, other.phase());
  }

  private void round(double millis, int samples) {
    long before = delivered;
    delivered += 100;
    for (int i = 0; i < samples; i++) {
      slowStart.acked(before, delivered, (long) (millis * MILLISECOND));
    }
  }
}
