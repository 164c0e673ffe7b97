package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What the application has not been told yet: at most one event of a kind for each stream.
final class EventQueue {
  static final int OPENED = 1;
  static final int ARRIVED = 2;
  static final int ROOM_TO_WRITE = 4;
  static final int STOPPED = 8;
  static final int RESET = 16;
  static final int CLOSED = 32;

  private final ArrayDeque<Stream> streams = new ArrayDeque<>(2);

  void add(Stream stream, int event) {
    if (stream.events == 0) {
      streams.addLast(stream);
    }
    stream.events |= event;
  }

  /// The next stream with something to tell, or null.
  @Nullable Stream peek() {
    return streams.peekFirst();
  }

  /// Takes the first event of the stream that [#peek] gave; null for one that is not true any more.
  @Nullable StreamEvent take(Stream stream) {
    int event = Integer.lowestOneBit(stream.events);
    stream.events &= ~event;
    if (stream.events == 0) {
      streams.removeFirst();
    }
    return switch (event) {
      case OPENED -> new StreamEvent.Opened(stream.id);
      case ARRIVED -> stream.receiving.isReadable() ? new StreamEvent.Arrived(stream.id) : null;
      case ROOM_TO_WRITE ->
          stream.sending.isWritable() ? new StreamEvent.RoomToWrite(stream.id) : null;
      case STOPPED -> new StreamEvent.Stopped(stream.id, stream.stoppedWith);
      case RESET ->
          stream.receiving.state() instanceof ReceiveState.ResetReceived(long code)
              ? new StreamEvent.Reset(stream.id, code)
              : null;
      default -> new StreamEvent.Closed(stream.id);
    };
  }

  void clear() {
    streams.clear();
  }
}
