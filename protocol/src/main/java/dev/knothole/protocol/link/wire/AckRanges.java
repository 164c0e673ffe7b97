package dev.knothole.protocol.link.wire;

import java.util.Arrays;

/// Ranges of packet numbers, from the largest downwards, never touching one another; reused.
public final class AckRanges {
  /// More than this are neither sent nor read: a receiver drops its oldest ranges instead (RFC
  /// 9000, section 13.2.3), and what it no longer reports the sender has long declared lost.
  public static final int MAX_RANGES = 64;

  private final long[] smallest = new long[MAX_RANGES];
  private final long[] largest = new long[MAX_RANGES];
  private int size;

  public void clear() {
    size = 0;
  }

  /// Adds the next range downwards; at least one number lies between it and the one before.
  ///
  /// @return false when there is no more room
  public boolean add(long from, long to) {
    if (size == MAX_RANGES) {
      return false;
    }
    if (from < 0 || to < from || to > Varint.MAX || (size > 0 && to > smallest[size - 1] - 2)) {
      throw new IllegalArgumentException("not below the range before: " + from + " to " + to);
    }
    smallest[size] = from;
    largest[size] = to;
    size++;
    return true;
  }

  public int size() {
    return size;
  }

  public long smallest(int range) {
    return smallest[range];
  }

  public long largest(int range) {
    return largest[range];
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(smallest, size))
        + " to "
        + Arrays.toString(Arrays.copyOf(largest, size));
  }
}
