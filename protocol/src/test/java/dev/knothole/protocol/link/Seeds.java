package dev.knothole.protocol.link;

import java.util.function.LongConsumer;

/// The worlds of a run: `-Dlink.seed=N` plays one of them alone, `-Dlink.seeds=N` that many from
/// the first on.
final class Seeds {
  private Seeds() {}

  /// @param usual how many, if nothing is said
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
