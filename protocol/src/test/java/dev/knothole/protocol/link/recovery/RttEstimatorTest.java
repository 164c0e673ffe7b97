package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RttEstimatorTest {
  private final RttEstimator rtt = new RttEstimator();

  @Test
  void the_first_sample_sets_everything() {
    rtt.sample(100 * MILLISECOND, 20 * MILLISECOND, SECOND);
    assertEquals(100 * MILLISECOND, rtt.smoothed());
    assertEquals(50 * MILLISECOND, rtt.variation());
    assertEquals(100 * MILLISECOND, rtt.minimum());
    assertEquals(SECOND, rtt.firstSampleAt());
  }

  @Test
  void later_samples_are_smoothed_after_the_formulas_of_rfc_9002() {
    rtt.sample(100 * MILLISECOND, 0, 0);
    rtt.sample(180 * MILLISECOND, 20 * MILLISECOND, 0);
    assertEquals((7 * 100 + 160) * MILLISECOND / 8, rtt.smoothed());
    assertEquals((3 * 50 + 60) * MILLISECOND / 4, rtt.variation());
  }

  @Test
  void the_peers_delay_never_pushes_a_sample_below_the_minimum() {
    rtt.sample(100 * MILLISECOND, 0, 0);
    rtt.sample(110 * MILLISECOND, 20 * MILLISECOND, 0);
    assertEquals((7 * 100 + 110) * MILLISECOND / 8, rtt.smoothed());
  }

  @Test
  void a_peer_cannot_claim_a_longer_delay_than_agreed() {
    rtt.sample(100 * MILLISECOND, 0, 0);
    rtt.sample(200 * MILLISECOND, 90 * MILLISECOND, 0);
    assertEquals((7 * 100 + 175) * MILLISECOND / 8, rtt.smoothed());
  }

  @Test
  void before_any_sample_a_probe_waits_for_the_initial_round_trip_and_the_cap_holds() {
    assertEquals(SECOND, rtt.probeTimeout(0));
  }

  @Test
  void a_probe_timeout_doubles_up_to_one_second() {
    rtt.sample(40 * MILLISECOND, 0, 0);
    assertEquals((40 + 80 + 25) * MILLISECOND, rtt.probeTimeout(0));
    assertEquals(2 * rtt.probeTimeout(0), rtt.probeTimeout(1));
    for (int backOff = 3; backOff < 200; backOff++) {
      assertEquals(SECOND, rtt.probeTimeout(backOff));
    }
  }

  @Test
  void a_steady_round_trip_leaves_no_less_than_the_timers_grain() {
    for (int i = 0; i < 100; i++) {
      rtt.sample(10 * MILLISECOND, 0, i);
    }
    assertTrue(rtt.probeTimeout(0) >= (10 + 1 + 25) * MILLISECOND);
    assertTrue(rtt.probeTimeout(0) <= (10 + 2 + 25) * MILLISECOND);
  }

  @Test
  void after_persistent_congestion_the_minimum_is_the_latest() {
    rtt.sample(10 * MILLISECOND, 0, 0);
    rtt.sample(50 * MILLISECOND, 0, 0);
    rtt.forgetMinimum();
    assertEquals(50 * MILLISECOND, rtt.minimum());
  }
}
