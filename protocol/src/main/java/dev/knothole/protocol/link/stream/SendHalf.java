package dev.knothole.protocol.link.stream;

import org.jspecify.annotations.Nullable;

/// The sending half of a stream: its state, its bytes and the peer's limit for them.
final class SendHalf {
  /// What a peer grants at most. A writer is woken at three quarters: what a gigabit holds in
  /// flight at 100 ms.
  static final long MAX_BUFFERED = 16L << 20;

  private final SendBuffer buffer;
  private SendState state = new SendState.Ready();
  private long limit;

  SendHalf(Share share, long limit) {
    buffer = new SendBuffer(share);
    this.limit = limit;
  }

  boolean isWritable() {
    return state.isSending() && !buffer.isFinished();
  }

  int write(byte[] from, int at, int length, Use use) {
    return buffer.write(from, at, length, MAX_BUFFERED, use);
  }

  /// Whether a writer that was turned away is worth waking.
  boolean hasRoom() {
    return buffer.buffered() <= MAX_BUFFERED * 3 / 4;
  }

  void finish() {
    if (state.isSending()) {
      buffer.finish();
    }
  }

  void raiseLimit(long raised) {
    limit = Math.max(limit, raised);
  }

  /// @param credit what the connection allows beyond what this stream has sent
  @Nullable Piece next(long stream, int room, long credit) {
    if (!state.isSending()) {
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
      state = new SendState.DataSent();
    } else if (state instanceof SendState.Ready) {
      state = new SendState.Send();
    }
  }

  boolean wantsToSend() {
    return state.isSending() && buffer.wantsToSend();
  }

  boolean needsCredit() {
    return buffer.needsCredit();
  }

  boolean isBlocked() {
    return wantsToSend() && needsCredit() && buffer.sent() >= limit;
  }

  boolean copy(Piece piece, byte[] to, int at) {
    if (!state.isSending() || piece.offset() + piece.length() > buffer.sent()) {
      return false;
    }
    buffer.copy(piece.offset(), to, at, piece.length());
    return true;
  }

  void acknowledge(Piece piece) {
    if (state.isSending()) {
      buffer.acknowledge(piece);
      state = buffer.isAcknowledged() ? new SendState.DataReceived() : state;
    }
  }

  void lose(Piece piece) {
    if (state.isSending()) {
      buffer.lose(piece);
    }
  }

  /// @return whether there was something to give up
  boolean reset(long code) {
    if (!state.isSending()) {
      return false;
    }
    state = new SendState.ResetSent(code, buffer.reset());
    return true;
  }

  void acknowledgeReset() {
    if (state instanceof SendState.ResetSent) {
      state = new SendState.ResetReceived();
    }
  }

  void close() {
    buffer.reset();
    state = new SendState.ResetReceived();
  }

  boolean isFlushed() {
    return !state.isSending() || (buffer.buffered() == 0 && !buffer.wantsToSend());
  }

  SendState state() {
    return state;
  }

  long sent() {
    return buffer.sent();
  }

  /// Bytes that were never sent.
  long unsent() {
    return state.isSending() ? buffer.unsent() : 0;
  }

  boolean isTrickle(int bytes) {
    return state.isSending() && buffer.isTrickle(bytes);
  }

  long limit() {
    return limit;
  }
}
