package dev.knothole.protocol.link.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LossFloorTest {
  private static final int SIZE = 1200;
  private final LossFloor floor = new LossFloor();

  @Test
  void on_a_clean_path_the_drafts_two_percent_hold_and_every_loss_counts() {
    assertTrue(floor.isExceeded(1, 100 * SIZE));
    assertFalse(floor.isTooHigh(2 * SIZE, 100 * SIZE));
    assertTrue(floor.isTooHigh(3 * SIZE, 100 * SIZE));
  }

  @Test
  void what_the_path_always_loses_is_left_out_of_account() {
    quiet(95, 5);
    assertEquals(0.12, floor.tolerated(), 1e-9);
    assertFalse(floor.isExceeded(9 * SIZE, 100 * SIZE));
    assertTrue(floor.isExceeded(11 * SIZE, 100 * SIZE));
  }

  @Test
  void a_few_packets_prove_nothing() {
    quiet(9, 5);
    assertEquals(LossFloor.THRESHOLD, floor.tolerated());
  }

  @Test
  void a_path_that_loses_a_third_is_congested() {
    quiet(66, 34);
    assertEquals(LossFloor.THRESHOLD + 2 * LossFloor.MAX, floor.tolerated(), 1e-9);
  }

  @Test
  void a_path_that_has_become_clean_is_believed_after_a_while() {
    quiet(95, 5);
    for (int i = 0; i < 20; i++) {
      quiet(100, 0);
    }
    assertEquals(LossFloor.THRESHOLD, floor.tolerated(), 0.001);
  }

  private void quiet(long acked, long lost) {
    floor.quiet(acked * SIZE, lost * SIZE, SIZE);
  }
}
