package dev.knothole.protocol.link;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.SplittableRandom;

/// Where an attacker takes its decisions from: a fuzzer that learns, or a seed.
interface Choices {
  /// @return from 0 up to below the bound
  int next(int bound);

  static Choices of(FuzzedDataProvider input) {
    return bound -> input.consumeInt(0, bound - 1);
  }

  static Choices of(long seed) {
    var random = new SplittableRandom(seed);
    return random::nextInt;
  }

  default boolean oneIn(int count) {
    return next(count) == count - 1;
  }
}
