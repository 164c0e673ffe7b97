package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The sending halves of all streams: writers, schedule and the peer's credit.
final class Outgoing {
  private final StreamTable table;
  private final SignalQueue signals;
  private final EventQueue events;
  private final Share share;
  private final Schedule schedule;
  private final SendCredit credit = new SendCredit();
  private final ArrayDeque<Stream> waiting = new ArrayDeque<>(2);
  private long initialLimit;

  Outgoing(
      StreamTable table,
      SignalQueue signals,
      EventQueue events,
      BufferBudget budget,
      PieceOverhead overhead) {
    this.table = table;
    this.signals = signals;
    this.events = events;
    share = new Share(budget);
    schedule = new Schedule(credit, overhead, signals);
  }

  void start(StreamLimits peer) {
    initialLimit = peer.streamWindow();
    credit.start(peer.connectionWindow());
    for (var stream : table.all()) {
      stream.sending.raiseLimit(initialLimit);
      schedule.add(stream);
    }
  }

  SendHalf newHalf() {
    return new SendHalf(share, initialLimit);
  }

  int write(Stream stream, byte[] from, int at, int length) {
    if (!stream.sending.isWritable()) {
      return Streams.GONE;
    }
    int n = stream.sending.write(from, at, length, stream.priority.writing());
    if (n < length && !stream.waiting) {
      stream.waiting = true;
      waiting.addLast(stream);
    }
    schedule.add(stream);
    return n;
  }

  void finish(Stream stream) {
    stream.sending.finish();
    schedule.add(stream);
  }

  void prioritise(Stream stream, Priority priority) {
    schedule.remove(stream);
    stream.priority = priority;
    schedule.add(stream);
  }

  void reset(Stream stream, long code) {
    if (stream.sending.reset(code)) {
      schedule.remove(stream);
      signals.add(stream, SignalQueue.RESET);
    }
  }

  /// The peer reads no more, which RFC 9000, section 3.5, answers with a reset.
  void stopped(Stream stream, long code) {
    if (stream.sending.state().isSending()) {
      stream.stoppedWith = code;
      events.add(stream, EventQueue.STOPPED);
      reset(stream, code);
    }
  }

  void raiseLimit(Stream stream, long limit) {
    stream.sending.raiseLimit(limit);
    schedule.add(stream);
  }

  void raiseCredit(long limit) {
    credit.raise(limit);
  }

  @Nullable Piece next(int room) {
    return schedule.next(room);
  }

  boolean hasWork() {
    return schedule.hasWork();
  }

  boolean isBusy(int bytes) {
    return schedule.isBusy(bytes);
  }

  boolean isTrickle(int bytes) {
    return schedule.isTrickle(bytes);
  }

  void acknowledged(Stream stream, Piece piece) {
    stream.sending.acknowledge(piece);
    if (!stream.sending.wantsToSend()) {
      schedule.remove(stream);
    }
    table.retireIfClosed(stream);
  }

  void lost(Stream stream, Piece piece) {
    stream.sending.lose(piece);
    schedule.add(stream);
  }

  /// Tells the writers that were turned away and would find room now.
  void wakeWriters() {
    for (int left = waiting.size(); left > 0; left--) {
      var stream = waiting.removeFirst();
      if (!stream.sending.isWritable()) {
        stream.waiting = false;
      } else if (stream.sending.hasRoom() && share.hasRoom(stream.priority.writing())) {
        stream.waiting = false;
        events.add(stream, EventQueue.ROOM_TO_WRITE);
      } else {
        waiting.addLast(stream);
      }
    }
  }

  boolean hasWaitingWriters() {
    return !waiting.isEmpty();
  }

  long creditLimit() {
    return credit.limit();
  }

  void clear() {
    schedule.clear();
    waiting.clear();
  }
}
