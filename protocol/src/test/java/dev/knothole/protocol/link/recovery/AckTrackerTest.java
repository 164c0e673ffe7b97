package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AckTrackerTest {
  private final AckTracker tracker = new AckTracker();

  @Test
  void every_second_packet_is_acknowledged_at_once() {
    assertTrue(tracker.received(0, true, 100));
    assertEquals(100 + 25 * MILLISECOND, tracker.due());
    assertTrue(tracker.received(1, true, 200));
    assertEquals(200, tracker.due());
    tracker.sent();
    assertEquals(AckTracker.NEVER, tracker.due());
  }

  @Test
  void a_gap_is_reported_at_once_and_so_is_what_fills_it() {
    tracker.received(0, true, 0);
    tracker.sent();
    tracker.received(2, true, 10);
    assertEquals(10, tracker.due());
    tracker.sent();
    tracker.received(1, true, 20);
    assertEquals(20, tracker.due());
  }

  @Test
  void what_needs_no_acknowledgment_gets_none() {
    tracker.received(0, false, 0);
    tracker.received(5, false, 0);
    assertFalse(tracker.isOwed());
  }

  @Test
  void a_sender_may_ask_not_to_wait() {
    tracker.acknowledgeEvery(10);
    tracker.received(0, true, 0);
    tracker.immediately(5);
    assertEquals(5, tracker.due());
  }

  @Test
  void a_larger_threshold_thins_acknowledgments_out() {
    tracker.acknowledgeEvery(10);
    for (int i = 0; i < 9; i++) {
      tracker.received(i, true, i);
    }
    assertEquals(25 * MILLISECOND, tracker.due());
    tracker.received(9, true, 9);
    assertEquals(9, tracker.due());
  }

  @Test
  void the_delay_is_that_of_the_newest_packet() {
    tracker.received(3, true, 100);
    tracker.received(1, true, 200);
    assertEquals(400, tracker.delay(500));
  }

  @Test
  void what_the_peer_knows_is_forgotten_and_never_accepted_again() {
    tracker.received(0, true, 0);
    tracker.received(1, true, 0);
    tracker.received(4, true, 0);
    tracker.settledUpTo(1);
    assertEquals(1, tracker.ranges());
    assertFalse(tracker.received(1, true, 0));
    assertTrue(tracker.received(2, true, 0));
    tracker.settledUpTo(Long.MAX_VALUE);
    assertEquals(0, tracker.ranges());
    assertFalse(tracker.received(3, true, 0));
    assertTrue(tracker.received(5, true, 0));
  }

  @Test
  void ranges_are_those_of_a_set_of_numbers() {
    for (long seed = 0; seed < 500; seed++) {
      compareWithSet(seed);
    }
  }

  private static void compareWithSet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AckTracker tracker = new AckTracker();
    TreeSet<Long> model = new TreeSet<>();
    long floor = 0;
    int spread = 1 + random.nextInt(400);
    for (int i = 0; i < 600; i++) {
      long packet = Math.max(0, i / 2 + random.nextInt(-spread, spread));
      boolean expected = packet >= floor && !model.contains(packet);
      boolean full = ranges(model).size() == AckTracker.MAX_RANGES;
      boolean accepted = tracker.received(packet, true, i);
      if (accepted) {
        model.add(packet);
      } else if (expected) {
        assertTrue(full && packet < model.first(), "refused for no reason, seed " + seed);
      }
      assertFalse(accepted && !expected, "accepted twice, seed " + seed);
      if (random.nextInt(100) == 0) {
        long known = random.nextLong(1 + i);
        if (!model.isEmpty() && known >= floor) {
          floor = Math.min(known, model.last()) + 1;
        }
        tracker.settledUpTo(known);
      }
      List<long[]> wanted = ranges(model.tailSet(floor));
      if (wanted.size() > AckTracker.MAX_RANGES) {
        floor = wanted.removeLast()[1] + 1;
      }
      model.headSet(floor).clear();
      assertRanges(wanted, tracker, seed);
    }
  }

  private static void assertRanges(List<long[]> wanted, AckTracker tracker, long seed) {
    assertEquals(wanted.size(), tracker.ranges(), "ranges, seed " + seed);
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i)[0], tracker.smallest(i), "seed " + seed);
      assertEquals(wanted.get(i)[1], tracker.largest(i), "seed " + seed);
    }
  }

  private static List<long[]> ranges(Iterable<Long> numbers) {
    List<long[]> ranges = new ArrayList<>();
    for (long number : numbers) {
      if (!ranges.isEmpty() && ranges.getLast()[1] + 1 == number) {
        ranges.getLast()[1] = number;
      } else {
        ranges.add(new long[] {number, number});
      }
    }
    return new ArrayList<>(ranges.reversed());
  }
}
