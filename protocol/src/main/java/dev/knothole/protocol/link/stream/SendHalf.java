package dev.knothole.protocol.link.stream;

import org.jspecify.annotations.Nullable;

/// The sending half of a stream: its state, its bytes and the peer's limit for them.
final class SendHalf {
  /// What a gigabit holds in flight at 60 ms.
  static final long MAX_BUFFERED = 8L << 20;

  private final SendBuffer buffer;
  private SendState state = new SendState.Ready();

  /// What the state says of itself, asked several times for each packet.
  private boolean sending = true;

  private long limit;

  SendHalf(Share share, long limit) {
    buffer = new SendBuffer(share);
    this.limit = limit;
  }

  boolean isWritable() {
    return sending && !buffer.isFinished();
  }

  int write(byte[] from, int at, int length, Use use) {
    return buffer.write(from, at, length, MAX_BUFFERED, use);
  }

  /// Whether a writer that was turned away is worth waking.
  boolean hasRoom() {
    return buffer.buffered() <= MAX_BUFFERED * 3 / 4;
  }

  void finish() {
    if (sending) {
      buffer.finish();
    }
  }

  void raiseLimit(long raised) {
    limit = Math.max(limit, raised);
  }

  /// @param credit what the connection allows beyond what this stream has sent
  @Nullable Piece next(long stream, int room, long credit) {
    if (!sending) {
      return null;
    }
    var piece = buffer.next(stream, room, Math.min(limit, buffer.sent() + credit));
    if (piece != null) {
      advance(piece.fin());
    }
    return piece;
  }

  private void advance(boolean fin) {
    if (fin) {
      become(new SendState.DataSent());
    } else if (state instanceof SendState.Ready) {
      become(new SendState.Send());
    }
  }

  private void become(SendState next) {
    state = next;
    sending = next.isSending();
  }

  boolean isTerminal() {
    return !sending && state.isTerminal();
  }

  boolean wantsToSend() {
    return sending && buffer.wantsToSend();
  }

  boolean needsCredit() {
    return buffer.needsCredit();
  }

  boolean isBlocked() {
    return wantsToSend() && needsCredit() && buffer.sent() >= limit;
  }

  boolean copy(Piece piece, byte[] to, int at) {
    if (!sending || piece.offset() + piece.length() > buffer.sent()) {
      return false;
    }
    buffer.copy(piece.offset(), to, at, piece.length());
    return true;
  }

  void acknowledge(Piece piece) {
    if (sending) {
      buffer.acknowledge(piece);
      if (buffer.isAcknowledged()) {
        become(new SendState.DataReceived());
      }
    }
  }

  void lose(Piece piece) {
    if (sending) {
      buffer.lose(piece);
    }
  }

  /// @return whether there was something to give up
  boolean reset(long code) {
    if (!sending) {
      return false;
    }
    become(new SendState.ResetSent(code, buffer.reset()));
    return true;
  }

  void acknowledgeReset() {
    if (state instanceof SendState.ResetSent) {
      become(new SendState.ResetReceived());
    }
  }

  void close() {
    buffer.reset();
    become(new SendState.ResetReceived());
  }

  boolean isFlushed() {
    return !sending || (buffer.buffered() == 0 && !buffer.wantsToSend());
  }

  SendState state() {
    return state;
  }

  long sent() {
    return buffer.sent();
  }

  /// Bytes that were never sent.
  long unsent() {
    return sending ? buffer.unsent() : 0;
  }

  boolean isTrickle(int bytes) {
    return sending && buffer.isTrickle(bytes);
  }

  long limit() {
    return limit;
  }
}
