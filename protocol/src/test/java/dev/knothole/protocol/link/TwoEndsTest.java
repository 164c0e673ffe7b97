package dev.knothole.protocol.link;

import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// Thousands of worlds of two ends. `-Dlink.seed=N` plays one of them alone, `-Dlink.seeds=N` that
/// many from the first on.
final class TwoEndsTest {
  private static final int SEEDS = 2_000;
  private static final int HANDSHAKES = 40;

  @Test
  void two_ends_understand_each_other_whatever_lies_between_them() {
    Seeds.play(SEEDS, TwoEnds::established);
  }

  @Test
  void they_do_from_the_first_packet_on() {
    Seeds.play(HANDSHAKES, TwoEnds::shakingHands);
  }

  /// The seeds of a run.
  static final class Seeds {
    private Seeds() {}

    static void play(int usual, LongConsumer world) {
      long only = Long.getLong("link.seed", -1);
      long count = only >= 0 ? only + 1 : Long.getLong("link.seeds", usual);
      for (long seed = Math.max(0, only); seed < count; seed++) {
        try {
          world.accept(seed);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("-Dlink.seed=" + seed + ": " + e.getMessage(), e);
        }
      }
    }
  }
}
