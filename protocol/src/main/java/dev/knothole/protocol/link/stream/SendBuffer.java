package dev.knothole.protocol.link.stream;

import org.jspecify.annotations.Nullable;

/// Bytes written by the application, kept until the peer has acknowledged them.
///
/// What is lost goes out again before anything new, and needs no credit: it was paid for. Every set
/// of ranges in here is made of pieces that were sent, so what is buffered bounds it.
final class SendBuffer {
  private enum Fin {
    NONE,
    TO_SEND,
    SENT,
    ACKNOWLEDGED
  }

  private final Chunks chunks;
  private final Ranges acknowledgedAhead = new Ranges();
  private final Ranges lost = new Ranges();
  private long acknowledged;
  private long next;
  private long end;
  private Fin fin = Fin.NONE;

  SendBuffer(Share share) {
    chunks = new Chunks(share);
  }

  /// Takes as many bytes as the budget and `most` buffered ones allow.
  int write(byte[] from, int at, int length, long most, Use use) {
    int room = Math.clamp(most - (end - acknowledged), 0, length);
    int done = 0;
    while (done < room) {
      int inChunk = BufferBudget.CHUNK_BYTES - (int) (end % BufferBudget.CHUNK_BYTES);
      int n = Math.min(room - done, inChunk);
      if (!chunks.hold(end, end + n, use)) {
        return done;
      }
      chunks.copyIn(end, from, at + done, n);
      end += n;
      done += n;
    }
    return done;
  }

  void finish() {
    fin = fin == Fin.NONE ? Fin.TO_SEND : fin;
  }

  boolean isFinished() {
    return fin != Fin.NONE;
  }

  /// What to send next: lost bytes, then new ones up to `limit`, then the bare end.
  ///
  /// @return null when there is nothing to send, or no room, or no credit
  @Nullable Piece next(long stream, int room, long limit) {
    if (room > 0 && !lost.isEmpty()) {
      long from = lost.start(0);
      long to = Math.min(lost.end(0), from + room);
      lost.remove(from, to);
      return piece(stream, from, to);
    }
    if (room > 0 && lost.isEmpty() && next < Math.min(end, limit)) {
      long from = next;
      next = Math.min(Math.min(end, limit), from + room);
      return piece(stream, from, next);
    }
    return fin == Fin.TO_SEND && lost.isEmpty() && next == end ? piece(stream, end, end) : null;
  }

  private Piece piece(long stream, long from, long to) {
    boolean last = to == end && fin != Fin.NONE;
    fin = last && fin == Fin.TO_SEND ? Fin.SENT : fin;
    return new Piece(stream, from, (int) (to - from), last);
  }

  /// Whether something would go out, had it room and credit.
  boolean wantsToSend() {
    return !lost.isEmpty() || next < end || fin == Fin.TO_SEND;
  }

  /// Whether what goes out next is new, so needs credit.
  boolean needsCredit() {
    return lost.isEmpty() && next < end;
  }

  /// @param offset of a byte that was sent and is not acknowledged
  void copy(long offset, byte[] to, int at, int length) {
    chunks.copyOut(offset, to, at, length);
  }

  void acknowledge(Piece piece) {
    long from = Math.max(piece.offset(), acknowledged);
    if (from < piece.end()) {
      lost.remove(from, piece.end());
      acknowledgedAhead.add(from, piece.end());
      advance();
    }
    fin = piece.fin() ? Fin.ACKNOWLEDGED : fin;
  }

  private void advance() {
    if (acknowledgedAhead.start(0) > acknowledged) {
      return;
    }
    acknowledged = acknowledgedAhead.end(0);
    acknowledgedAhead.remove(0, acknowledged);
    if (acknowledged == end) {
      chunks.releaseAll(end);
    } else {
      chunks.releaseBefore(acknowledged);
    }
  }

  void lose(Piece piece) {
    long from = Math.max(piece.offset(), acknowledged);
    if (from < piece.end()) {
      lost.add(from, piece.end());
      for (int i = 0; i < acknowledgedAhead.size(); i++) {
        lost.remove(acknowledgedAhead.start(i), acknowledgedAhead.end(i));
      }
    }
    fin = piece.fin() && fin == Fin.SENT ? Fin.TO_SEND : fin;
  }

  /// Lets go of everything.
  ///
  /// @return the final size: nothing beyond it was ever sent
  long reset() {
    chunks.releaseAll(next);
    lost.clear();
    acknowledgedAhead.clear();
    acknowledged = next;
    end = next;
    fin = Fin.ACKNOWLEDGED;
    return next;
  }

  boolean isAcknowledged() {
    return fin == Fin.ACKNOWLEDGED && acknowledged == end;
  }

  long sent() {
    return next;
  }

  /// Whether less than so many bytes wait, all of them new, and more may follow.
  boolean isTrickle(int bytes) {
    return lost.isEmpty() && fin == Fin.NONE && end - next < bytes;
  }

  long unsent() {
    return end - next;
  }

  long buffered() {
    return end - acknowledged;
  }
}
