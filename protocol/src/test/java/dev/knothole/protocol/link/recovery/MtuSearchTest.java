package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MtuSearchTest {
  @Test
  void a_path_that_carries_the_most_is_found_with_one_probe() {
    MtuSearch search = new MtuSearch(MtuSearch.MAX_IPV4, 0);
    assertEquals(1200, search.current());
    assertEquals(1, search(search, 1500, 0));
    assertEquals(1472, search.current());
  }

  @Test
  void whatever_the_path_carries_is_found_to_a_percent_and_never_exceeded() {
    for (int path = 1200; path <= 9000; path++) {
      MtuSearch search = new MtuSearch(9000, 0);
      int probes = search(search, path, 0);
      assertTrue(search.current() <= path, "path of " + path);
      assertTrue(search.current() > path - MtuSearch.STEP, "path of " + path);
      assertTrue(probes <= 3 * 12, "path of " + path);
    }
  }

  @Test
  void one_probe_is_on_the_way_at_a_time_and_one_loss_proves_nothing() {
    MtuSearch search = new MtuSearch(1452, 0);
    assertEquals(1452, search.probe(0));
    search.probeSent();
    assertEquals(0, search.probe(0));
    search.probeLost(0);
    assertEquals(1452, search.probe(0));
    search.probeSent();
    search.probeAcked(0);
    assertEquals(1452, search.current());
    assertEquals(0, search.probe(0));
  }

  @Test
  void a_larger_size_is_tried_again_after_ten_minutes() {
    MtuSearch search = new MtuSearch(1452, 0);
    search(search, 1300, 0);
    assertEquals(0, search.probe(599 * SECOND));
    assertEquals(1452, search.probe(600 * SECOND));
    search(search, 1452, 600 * SECOND);
    assertEquals(1452, search.current());
  }

  @Test
  void full_datagrams_that_vanish_while_small_ones_arrive_shrink_the_path() {
    MtuSearch search = new MtuSearch(1452, 0);
    search(search, 1452, 0);
    for (int i = 0; i < MtuSearch.BLACK_HOLE_LOSSES; i++) {
      assertFalse(search.acked(i, 100, 0), "an older small packet proves nothing");
      search.lost(10 + i, 1452);
    }
    assertFalse(search.acked(9, 100, 0));
    assertTrue(search.acked(20, 100, SECOND));
    assertEquals(1200, search.current());
    assertEquals(0, search.probe(60 * SECOND));
    assertEquals(1452, search.probe(61 * SECOND));
  }

  @Test
  void losses_among_deliveries_are_congestion_and_no_black_hole() {
    MtuSearch search = new MtuSearch(1452, 0);
    search(search, 1452, 0);
    for (int i = 0; i < 1000; i++) {
      search.lost(i, 1452);
      if (i % 5 == 4) {
        search.acked(i, 1452, 0);
      }
      assertFalse(search.acked(i, 100, 0));
    }
    assertEquals(1452, search.current());
  }

  /// @return how many probes it took until the search rested
  private static int search(MtuSearch search, int path, long now) {
    int probes = 0;
    for (int size = search.probe(now); size > 0; size = search.probe(now)) {
      probes++;
      search.probeSent();
      if (size <= path) {
        search.probeAcked(now);
      } else {
        search.probeLost(now);
      }
    }
    return probes;
  }
}
