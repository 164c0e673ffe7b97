package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What is to be told to the peer: which signals, not their values, which are taken when they are
/// sent. So each waits at most once, and never with a stale number.
final class SignalQueue {
  static final int RESET = 1;
  static final int STOP = 2;
  static final int MAX_STREAM_DATA = 4;
  static final int BLOCKED = 8;

  static final int MAX_DATA = 1;
  static final int MAX_STREAMS = 2;
  static final int DATA_BLOCKED = 4;
  static final int STREAMS_BLOCKED = 8;

  private final ArrayDeque<Stream> streams = new ArrayDeque<>(2);
  private int own;

  /// A signal of the connection.
  void add(int signal) {
    own |= signal;
  }

  void add(Stream stream, int signal) {
    if (stream.signals == 0) {
      streams.addLast(stream);
    }
    stream.signals |= signal;
  }

  boolean isEmpty() {
    return own == 0 && streams.isEmpty();
  }

  /// @return the next signal of the connection, or 0
  int nextOwn() {
    int signal = Integer.lowestOneBit(own);
    own &= ~signal;
    return signal;
  }

  /// The next signal of a stream, or null; what is not true any more is left out.
  @Nullable Signal next() {
    while (!streams.isEmpty()) {
      var stream = streams.getFirst();
      int signal = Integer.lowestOneBit(stream.signals);
      stream.signals &= ~signal;
      if (stream.signals == 0) {
        streams.removeFirst();
      }
      var value = value(stream, signal);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable Signal value(Stream stream, int signal) {
    return switch (signal) {
      case RESET ->
          stream.sending.state() instanceof SendState.ResetSent(long code, long finalSize)
              ? new Signal.ResetStream(stream.id, code, finalSize)
              : null;
      case STOP ->
          stream.receiving.state().isReceiving()
              ? new Signal.StopSending(stream.id, stream.stopCode)
              : null;
      case MAX_STREAM_DATA ->
          stream.receiving.state() instanceof ReceiveState.Receive
              ? new Signal.MaxStreamData(stream.id, stream.receiving.limit())
              : null;
      default ->
          stream.sending.isBlocked()
              ? new Signal.StreamDataBlocked(stream.id, stream.sending.limit())
              : null;
    };
  }

  void clear() {
    own = 0;
    streams.clear();
  }
}
