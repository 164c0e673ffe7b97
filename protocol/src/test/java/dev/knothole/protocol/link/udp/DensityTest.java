package dev.knothole.protocol.link.udp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DensityTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void five_hundred_within_a_second_are_dense() {
    var density = new Density();
    long start = Long.MAX_VALUE - SECOND / 2;
    assertFalse(density.reached(1, start));
    assertFalse(density.reached(498, start + SECOND / 2));
    assertTrue(density.reached(1, start + SECOND - 1));
  }

  @Test
  void what_takes_longer_is_not() {
    var density = new Density();
    for (long at = 0; at < 10 * SECOND; at += SECOND / 490) {
      assertFalse(density.reached(1, at));
    }
  }
}
