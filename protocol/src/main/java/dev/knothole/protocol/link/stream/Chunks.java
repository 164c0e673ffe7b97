package dev.knothole.protocol.link.stream;

import java.util.Arrays;

/// A stretch of a stream's bytes, in chunks cut at fixed offsets, held in a ring that covers the
/// chunks from the first one not released. Without bytes it holds nothing, not even the ring.
final class Chunks {
  private static final int SHIFT = Integer.numberOfTrailingZeros(BufferBudget.CHUNK_BYTES);
  private static final int MASK = BufferBudget.CHUNK_BYTES - 1;
  private static final byte[] ABSENT = {};
  private static final byte[][] NONE = {};

  private final Share share;
  private byte[][] ring = NONE;
  private long first;
  private int held;

  Chunks(Share share) {
    this.share = share;
  }

  /// Makes room for the bytes of this range: all of it, or nothing and false.
  boolean hold(long from, long to, Use use) {
    long last = (to - 1) >> SHIFT;
    cover(last);
    return holdFrom(from >> SHIFT, last, use);
  }

  /// What was taken on the way down is given back on the way up, should the rest fail.
  private boolean holdFrom(long firstChunk, long last, Use use) {
    long chunk = firstChunk;
    while (chunk <= last && isHeld(chunk)) {
      chunk++;
    }
    if (chunk > last) {
      return true;
    }
    byte[] fresh = share.take(use);
    if (fresh == null) {
      dropEmptyRing();
      return false;
    }
    if (!holdFrom(chunk + 1, last, use)) {
      share.give(fresh);
      return false;
    }
    ring[slot(chunk)] = fresh;
    held++;
    return true;
  }

  private void cover(long last) {
    long span = last - first + 1;
    if (span <= ring.length) {
      return;
    }
    int length = Integer.highestOneBit(Math.toIntExact(Math.max(span, 2)) - 1) << 1;
    byte[][] wider = new byte[length][];
    Arrays.fill(wider, ABSENT);
    for (long chunk = first; chunk < first + ring.length; chunk++) {
      wider[(int) (chunk & (length - 1))] = ring[slot(chunk)];
    }
    ring = wider;
  }

  private boolean isHeld(long chunk) {
    return ring[slot(chunk)].length > 0;
  }

  private int slot(long chunk) {
    return (int) (chunk & (ring.length - 1));
  }

  void copyIn(long offset, byte[] from, int at, int length) {
    for (int done = 0; done < length; ) {
      int within = (int) (offset + done) & MASK;
      int n = Math.min(length - done, BufferBudget.CHUNK_BYTES - within);
      System.arraycopy(from, at + done, ring[slot((offset + done) >> SHIFT)], within, n);
      done += n;
    }
  }

  void copyOut(long offset, byte[] to, int at, int length) {
    for (int done = 0; done < length; ) {
      int within = (int) (offset + done) & MASK;
      int n = Math.min(length - done, BufferBudget.CHUNK_BYTES - within);
      System.arraycopy(ring[slot((offset + done) >> SHIFT)], within, to, at + done, n);
      done += n;
    }
  }

  /// Nothing before this offset is needed any more.
  void releaseBefore(long offset) {
    long until = offset >> SHIFT;
    long end = Math.min(until, first + ring.length);
    for (long chunk = first; chunk < end; chunk++) {
      release(chunk);
    }
    first = until;
    dropEmptyRing();
  }

  void releaseAll(long nextOffset) {
    for (long chunk = first; held > 0; chunk++) {
      release(chunk);
    }
    first = nextOffset >> SHIFT;
    dropEmptyRing();
  }

  private void release(long chunk) {
    byte[] gone = ring[slot(chunk)];
    if (gone.length > 0) {
      ring[slot(chunk)] = ABSENT;
      held--;
      share.give(gone);
    }
  }

  private void dropEmptyRing() {
    if (held == 0) {
      ring = NONE;
    }
  }

  int held() {
    return held;
  }
}
