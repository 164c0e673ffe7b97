package dev.knothole.protocol.link.stream;

/// Puts the pieces of a stream together: in any order, doubled, overlapping.
///
/// Bytes in order are always welcome while there is memory. Pieces ahead of a hole may stand apart
/// from each other up to [#MAX_APART] times; a piece that would be one more is refused until some
/// hole closes, which the piece at the front can always do.
///
/// Bytes that come twice must be the same (RFC 9000, section 2.2); if they are not, either may win.
final class ReceiveBuffer {
  /// A gigabit at 40 ms with a packet in four lost. 16 KiB of numbers at the worst, per stream.
  static final int MAX_APART = 1024;

  private static final long UNKNOWN = -1;

  private final Chunks chunks;
  private final Ranges ahead = new Ranges();
  private long read;
  private long contiguous;
  private long highest;
  private long finalSize = UNKNOWN;
  private boolean discarding;

  ReceiveBuffer(Share share) {
    chunks = new Chunks(share);
  }

  /// @param priority whose memory is used when there is little
  Verdict receive(Piece piece, byte[] from, int at, Priority priority) {
    if (contradicts(piece.end(), piece.fin())) {
      return Verdict.FINAL_SIZE_ERROR;
    }
    boolean isNew = !discarding && piece.length() > 0 && piece.end() > contiguous;
    if (isNew && !store(piece, from, at, priority)) {
      return Verdict.NO_ROOM;
    }
    highest = Math.max(highest, piece.end());
    finalSize = piece.fin() ? piece.end() : finalSize;
    if (discarding) {
      skip();
    }
    return Verdict.ACCEPTED;
  }

  /// Whether the final size changed or bytes lie beyond it (RFC 9000, section 4.5).
  private boolean contradicts(long pieceEnd, boolean fin) {
    return finalSize != UNKNOWN
        ? pieceEnd > finalSize || (fin && pieceEnd != finalSize)
        : fin && pieceEnd < highest;
  }

  private boolean store(Piece piece, byte[] from, int at, Priority priority) {
    boolean inOrder = piece.offset() <= contiguous;
    long start = Math.max(piece.offset(), contiguous);
    if (!inOrder && ahead.size() >= MAX_APART && ahead.isApart(start, piece.end())) {
      return false;
    }
    Use use = inOrder ? priority.readingInOrder() : Use.AHEAD;
    if (!chunks.hold(start, piece.end(), use)) {
      return false;
    }
    int skipped = (int) (start - piece.offset());
    chunks.copyIn(start, from, at + skipped, piece.length() - skipped);
    ahead.add(start, piece.end());
    if (ahead.start(0) <= contiguous) {
      contiguous = ahead.end(0);
      ahead.remove(0, contiguous);
    }
    return true;
  }

  int read(byte[] to, int at, int length) {
    int n = (int) Math.min(length, contiguous - read);
    chunks.copyOut(read, to, at, n);
    read += n;
    if (read == contiguous && ahead.isEmpty()) {
      chunks.releaseAll(read);
    } else {
      chunks.releaseBefore(read);
    }
    return n;
  }

  /// The sender gave up after so many bytes: nothing of it is kept.
  Verdict reset(long size) {
    if (contradicts(size, true)) {
      return Verdict.FINAL_SIZE_ERROR;
    }
    finalSize = size;
    highest = size;
    discard();
    return Verdict.ACCEPTED;
  }

  /// From now on bytes are only counted.
  void discard() {
    discarding = true;
    ahead.clear();
    skip();
  }

  private void skip() {
    read = highest;
    contiguous = highest;
    chunks.releaseAll(read);
  }

  boolean isSizeKnown() {
    return finalSize != UNKNOWN;
  }

  long finalSize() {
    return finalSize;
  }

  boolean isComplete() {
    return contiguous == finalSize;
  }

  boolean isRead() {
    return read == finalSize;
  }

  boolean isReadable() {
    return read < contiguous;
  }

  long highest() {
    return highest;
  }

  /// How many bytes the application has taken, or never will.
  long consumed() {
    return read;
  }

  long contiguous() {
    return contiguous;
  }
}
