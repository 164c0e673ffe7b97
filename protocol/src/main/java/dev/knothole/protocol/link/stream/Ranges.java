package dev.knothole.protocol.link.stream;

import java.util.Arrays;

/// Disjoint, sorted ranges of offsets; neighbours that touch are one. Two plain arrays: almost
/// every change is at an end. Empty, it keeps no array.
final class Ranges {
  private static final long[] NONE = {};

  private long[] starts = NONE;
  private long[] ends = NONE;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long start(int i) {
    return starts[i];
  }

  long end(int i) {
    return ends[i];
  }

  /// Whether this range would stand alone, touching no other.
  boolean isApart(long from, long to) {
    int i = firstEndingAtOrAfter(from);
    return i == size || starts[i] > to;
  }

  void add(long from, long to) {
    int i = firstEndingAtOrAfter(from);
    int j = i;
    long start = from;
    long end = to;
    while (j < size && starts[j] <= to) {
      start = Math.min(start, starts[j]);
      end = Math.max(end, ends[j]);
      j++;
    }
    replace(i, j, 1);
    starts[i] = start;
    ends[i] = end;
  }

  void remove(long from, long to) {
    int i = firstEndingAtOrAfter(from + 1);
    int j = i;
    while (j < size && starts[j] < to) {
      j++;
    }
    if (i == j) {
      return;
    }
    long start = starts[i];
    long end = ends[j - 1];
    boolean before = start < from;
    boolean after = end > to;
    replace(i, j, (before ? 1 : 0) + (after ? 1 : 0));
    if (before) {
      starts[i] = start;
      ends[i] = from;
    }
    if (after) {
      starts[before ? i + 1 : i] = to;
      ends[before ? i + 1 : i] = end;
    }
  }

  /// The index of the first range whose end is at `offset` or later.
  private int firstEndingAtOrAfter(long offset) {
    int i = Arrays.binarySearch(ends, 0, size, offset);
    return i >= 0 ? i : -i - 1;
  }

  /// Puts `count` places where the ranges from `i` to before `j` were.
  private void replace(int i, int j, int count) {
    int wanted = size - (j - i) + count;
    if (wanted == 0) {
      clear();
      return;
    }
    if (wanted > starts.length) {
      int capacity = Math.max(4, wanted + wanted / 2);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    System.arraycopy(starts, j, starts, i + count, size - j);
    System.arraycopy(ends, j, ends, i + count, size - j);
    size = wanted;
  }

  void clear() {
    starts = NONE;
    ends = NONE;
    size = 0;
  }
}
