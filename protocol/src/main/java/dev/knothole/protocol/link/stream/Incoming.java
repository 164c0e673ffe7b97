package dev.knothole.protocol.link.stream;

/// The receiving halves of all streams, and the window for all of them together.
final class Incoming {
  /// Three quarters of it are a gigabit at 100 ms for one stream, half as much again for all.
  private static final long MAX_STREAM_WINDOW = 16L << 20;

  private static final long MAX_CONNECTION_WINDOW = 24L << 20;

  /// What a peer is granted however little memory there is: the fewest bytes that keep it moving.
  private static final long MIN_STREAM_WINDOW = 16 << 10;

  private static final long MIN_CONNECTION_WINDOW = 32 << 10;

  private final StreamTable table;
  private final SignalQueue signals;
  private final EventQueue events;
  private final Share share;
  private final long initialWindow;
  private final ReceiveWindow window;
  private long received;
  private long roundTrip;

  Incoming(
      StreamTable table,
      SignalQueue signals,
      EventQueue events,
      BufferBudget budget,
      StreamLimits own,
      long now) {
    this.table = table;
    this.signals = signals;
    this.events = events;
    share = new Share(budget);
    initialWindow = own.streamWindow();
    window =
        new ReceiveWindow(
            own.connectionWindow(), MIN_CONNECTION_WINDOW, MAX_CONNECTION_WINDOW, now);
  }

  ReceiveHalf newHalf(long now) {
    return new ReceiveHalf(
        share, new ReceiveWindow(initialWindow, MIN_STREAM_WINDOW, MAX_STREAM_WINDOW, now));
  }

  void roundTrip(long nanos) {
    roundTrip = nanos;
  }

  Verdict piece(Stream stream, Piece piece, byte[] from, int at, long now) {
    if (exceedsWindow(stream, piece.end())) {
      return Verdict.FLOW_CONTROL_ERROR;
    }
    var half = stream.receiving;
    long highest = half.highest();
    long consumed = half.consumed();
    var verdict = half.receive(piece, from, at, stream.priority);
    received += half.highest() - highest;
    consumed(stream, consumed, now);
    if (verdict == Verdict.ACCEPTED && half.isReadable()) {
      events.add(stream, EventQueue.ARRIVED);
    }
    table.retireIfClosed(stream);
    return verdict;
  }

  Verdict reset(Stream stream, Signal.ResetStream reset, long now) {
    if (exceedsWindow(stream, reset.finalSize())) {
      return Verdict.FLOW_CONTROL_ERROR;
    }
    var half = stream.receiving;
    long highest = half.highest();
    long consumed = half.consumed();
    var verdict = half.reset(reset.code(), reset.finalSize());
    received += half.highest() - highest;
    consumed(stream, consumed, now);
    if (half.state() instanceof ReceiveState.ResetReceived) {
      events.add(stream, EventQueue.RESET);
    }
    table.retireIfClosed(stream);
    return verdict;
  }

  private boolean exceedsWindow(Stream stream, long end) {
    long more = Math.max(0, end - stream.receiving.highest());
    return more > window.limit() - received;
  }

  int read(Stream stream, byte[] to, int at, int length, long now) {
    var half = stream.receiving;
    if (half.isStopped() || half.state() instanceof ReceiveState.ResetReceived) {
      return Streams.GONE;
    }
    long consumed = half.consumed();
    int n = half.read(to, at, length);
    consumed(stream, consumed, now);
    if (n > 0 || !half.readEnd()) {
      return n;
    }
    table.retireIfClosed(stream);
    return Streams.END;
  }

  void stop(Stream stream, long code, long now) {
    long consumed = stream.receiving.consumed();
    stream.stopCode = code;
    if (stream.receiving.stop()) {
      signals.add(stream, SignalQueue.STOP);
    }
    consumed(stream, consumed, now);
    table.retireIfClosed(stream);
  }

  private void consumed(Stream stream, long before, long now) {
    long more = stream.receiving.consumed() - before;
    if (more == 0) {
      return;
    }
    long promisable = share.promisable();
    if (stream.receiving.raise(more, promisable, roundTrip, now)) {
      signals.add(stream, SignalQueue.MAX_STREAM_DATA);
    }
    window.consume(more);
    if (window.raise(promisable, roundTrip, now)) {
      signals.add(SignalQueue.MAX_DATA);
    }
  }

  long limit() {
    return window.limit();
  }
}
