package dev.knothole.protocol.link.bench.load;

/// When how many bytes were read, in steps of a millisecond. Times are those of
/// [System#nanoTime()], which on Linux is one clock for all processes.
final class Timeline {
  private static final long STEP = 1_000_000;

  private final long start;
  private final long[] bytes;

  Timeline(long start, long duration) {
    this.start = start;
    this.bytes = new long[(int) (duration / STEP) + 1];
  }

  void read(int count, long now) {
    bytes[step(now)] += count;
  }

  private int step(long time) {
    return Math.clamp((time - start) / STEP, 0, bytes.length - 1);
  }

  long bytesBetween(long from, long to) {
    long sum = 0;
    for (int step = step(from); step < step(to); step++) {
      sum += bytes[step];
    }
    return sum;
  }

  /// The longest time without a byte.
  long longestPause(long from, long to) {
    int longest = 0;
    int pause = 0;
    for (int step = step(from); step < step(to); step++) {
      pause = bytes[step] == 0 ? pause + 1 : 0;
      longest = Math.max(longest, pause);
    }
    return longest * STEP;
  }

  /// How long after a moment the next bytes were read; what was under way at that moment is not
  /// told from what was sent later, so let the path be empty.
  long untilNextAfter(long moment) {
    for (int step = step(moment) + 1; step < bytes.length; step++) {
      if (bytes[step] > 0) {
        return start + step * STEP - moment;
      }
    }
    throw new IllegalStateException("nothing arrived any more");
  }
}
