package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RangesTest {
  private static final int SPAN = 60;

  /// The reference is a set of single offsets.
  @Test
  void ranges_hold_what_a_set_of_numbers_holds() {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      var ranges = new Ranges();
      var reference = new TreeSet<Long>();
      for (int i = 0; i < 40; i++) {
        long from = random.nextInt(SPAN);
        long to = from + 1 + random.nextInt(10);
        String message = "seed " + seed + ", change " + i;
        assertEquals(touches(reference, from, to), !ranges.isApart(from, to), message);
        change(random.nextInt(5) < 3, ranges, reference, from, to);
        assertEquals(text(reference), text(ranges), message);
      }
    }
  }

  private static boolean touches(NavigableSet<Long> reference, long from, long to) {
    return !reference.subSet(from - 1, true, to, true).isEmpty();
  }

  private static void change(
      boolean add, Ranges ranges, NavigableSet<Long> reference, long from, long to) {
    if (add) {
      ranges.add(from, to);
    } else {
      ranges.remove(from, to);
    }
    for (long at = from; at < to; at++) {
      if (add) {
        reference.add(at);
      } else {
        reference.remove(at);
      }
    }
  }

  private static String text(NavigableSet<Long> reference) {
    var text = new StringBuilder();
    for (long at : reference) {
      text.append(reference.contains(at - 1) ? "" : "[" + at + "-");
      text.append(reference.contains(at + 1) ? "" : (at + 1) + "]");
    }
    return text.toString();
  }

  private static String text(Ranges ranges) {
    var text = new StringBuilder();
    for (int i = 0; i < ranges.size(); i++) {
      text.append('[').append(ranges.start(i)).append('-').append(ranges.end(i)).append(']');
    }
    return text.toString();
  }
}
