package dev.knothole.protocol.link.crypto;

import java.util.Arrays;

/// Remembers which of the latest packet numbers have been opened, so that none is opened twice.
public final class ReplayWindow {
  /// Packets that are later than this many newer ones are refused: at 1200 bytes, more than what a
  /// path of 1 Gbit/s holds in 39 ms, in half a kilobyte.
  public static final int SIZE = 4096;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long largest = -1;

  /// The largest number accepted, or -1.
  public long largest() {
    return largest;
  }

  /// Whether the number is neither used nor too old.
  public boolean isFresh(long number) {
    if (number > largest) {
      return true;
    }
    return number > largest - SIZE && (seen[word(number)] & (1L << number)) == 0;
  }

  /// Marks a fresh number as used.
  public void accept(long number) {
    if (number > largest) {
      forget(largest + 1, number);
      largest = number;
    }
    seen[word(number)] |= 1L << number;
  }

  /// Makes room for the numbers that now come into the window.
  private void forget(long from, long to) {
    if (to - from >= SIZE) {
      Arrays.fill(seen, 0);
      return;
    }
    for (long number = from; number <= to; number++) {
      seen[word(number)] &= ~(1L << number);
    }
  }

  private static int word(long number) {
    return (int) (number % SIZE) / Long.SIZE;
  }
}
