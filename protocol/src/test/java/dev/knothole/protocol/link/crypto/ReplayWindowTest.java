package dev.knothole.protocol.link.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReplayWindowTest {
  @Test
  void no_number_is_fresh_twice_and_all_new_ones_are() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var window = new ReplayWindow();
      var used = new HashSet<Long>();
      long newest = 0;
      for (int i = 0; i < 20_000; i++) {
        newest += random.nextInt(4) + (random.nextInt(500) == 0 ? random.nextInt(10_000) : 0);
        long number = Math.max(0, newest - random.nextInt(ReplayWindow.SIZE + 200));
        boolean inside = number > window.largest() - ReplayWindow.SIZE;
        assertEquals(inside && !used.contains(number), window.isFresh(number), "seed " + seed);
        if (window.isFresh(number)) {
          window.accept(number);
          used.add(number);
        }
      }
    }
  }

  @Test
  void the_oldest_number_remembered_is_the_size_away() {
    var window = new ReplayWindow();
    window.accept(ReplayWindow.SIZE);
    assertTrue(window.isFresh(1));
    assertFalse(window.isFresh(0));
  }
}
