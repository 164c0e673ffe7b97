package dev.knothole.protocol.link.bench.load;

import java.util.Arrays;

/// Durations in nanoseconds, as many as come.
final class Latencies {
  private long[] nanos = new long[1 << 12];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /// @return the one that this share of them does not exceed
  long percentile(double share) {
    if (count == 0) {
      throw new IllegalStateException("not one answer came within the time");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, (long) (share * count))];
  }
}
