package dev.knothole.protocol.link.stream;

/// The receiving half of a stream: its state, its bytes and the peer's window.
final class ReceiveHalf {
  private final ReceiveBuffer buffer;
  private final ReceiveWindow window;
  private ReceiveState state = new ReceiveState.Receive();
  private boolean stopped;

  ReceiveHalf(Share share, ReceiveWindow window) {
    buffer = new ReceiveBuffer(share);
    this.window = window;
  }

  Verdict receive(Piece piece, byte[] from, int at, Priority priority) {
    if (piece.end() > window.limit()) {
      return Verdict.FLOW_CONTROL_ERROR;
    }
    var verdict = buffer.receive(piece, from, at, priority);
    if (verdict == Verdict.ACCEPTED && state.isReceiving() && buffer.isSizeKnown()) {
      state = buffer.isComplete() ? whenComplete() : new ReceiveState.SizeKnown();
    }
    return verdict;
  }

  private ReceiveState whenComplete() {
    return stopped ? new ReceiveState.DataRead() : new ReceiveState.DataReceived();
  }

  /// Everything that came before a reset may still be read; a reset of a stream that is not whole
  /// takes effect at once.
  Verdict reset(long code, long finalSize) {
    if (finalSize > window.limit()) {
      return Verdict.FLOW_CONTROL_ERROR;
    }
    if (!state.isReceiving()) {
      return buffer.isSizeKnown() && finalSize != buffer.finalSize()
          ? Verdict.FINAL_SIZE_ERROR
          : Verdict.ACCEPTED;
    }
    var verdict = buffer.reset(finalSize);
    if (verdict == Verdict.ACCEPTED) {
      state = stopped ? new ReceiveState.ResetRead() : new ReceiveState.ResetReceived(code);
    }
    return verdict;
  }

  int read(byte[] to, int at, int length) {
    return buffer.read(to, at, length);
  }

  /// @return whether this is the end, seen now or before
  boolean readEnd() {
    if (state instanceof ReceiveState.DataReceived && buffer.isRead()) {
      state = new ReceiveState.DataRead();
    }
    return state instanceof ReceiveState.DataRead;
  }

  void readReset() {
    if (state instanceof ReceiveState.ResetReceived) {
      state = new ReceiveState.ResetRead();
    }
  }

  /// The application wants no more.
  ///
  /// @return whether the peer should be told
  boolean stop() {
    boolean tell = state.isReceiving() && !stopped;
    stopped = true;
    buffer.discard();
    if (!state.isTerminal() && buffer.isSizeKnown()) {
      state = new ReceiveState.DataRead();
    }
    return tell && state.isReceiving();
  }

  boolean raise(long consumed, long promisable, long roundTrip, long now) {
    window.consume(consumed);
    return state instanceof ReceiveState.Receive && window.raise(promisable, roundTrip, now);
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isReadable() {
    return !stopped && (buffer.isReadable() || state instanceof ReceiveState.DataReceived);
  }

  void close() {
    buffer.discard();
    state = new ReceiveState.ResetRead();
  }

  ReceiveState state() {
    return state;
  }

  long limit() {
    return window.limit();
  }

  long highest() {
    return buffer.highest();
  }

  long consumed() {
    return buffer.consumed();
  }
}
