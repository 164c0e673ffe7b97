package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which stream sends next: strictly by priority, those of one priority in turn, a piece each.
///
/// Queued are the streams that have something to send and credit of their own; a stream leaves the
/// queue when it has not, and comes back by [#add]. Streams that lack only the credit of the
/// connection stay and are passed over.
final class Schedule {
  private final ArrayDeque<Stream> urgent = new ArrayDeque<>(2);
  private final ArrayDeque<Stream> normal = new ArrayDeque<>(2);
  private final ArrayDeque<Stream> bulk = new ArrayDeque<>(2);
  private final List<ArrayDeque<Stream>> queues = List.of(urgent, normal, bulk);
  private final SendCredit credit;
  private final PieceOverhead overhead;
  private final SignalQueue signals;

  Schedule(SendCredit credit, PieceOverhead overhead, SignalQueue signals) {
    this.credit = credit;
    this.overhead = overhead;
    this.signals = signals;
  }

  void add(Stream stream) {
    if (!stream.scheduled && stream.sending.wantsToSend()) {
      stream.scheduled = true;
      queue(stream).addLast(stream);
    }
  }

  void remove(Stream stream) {
    if (stream.scheduled) {
      stream.scheduled = false;
      queue(stream).remove(stream);
    }
  }

  private ArrayDeque<Stream> queue(Stream stream) {
    return switch (stream.priority) {
      case URGENT -> urgent;
      case NORMAL -> normal;
      case BULK -> bulk;
    };
  }

  /// @param room bytes left in the packet
  /// @return null when nothing can be sent, or when what must go first does not fit
  @Nullable Piece next(int room) {
    for (var queue : queues) {
      for (int left = queue.size(); left > 0; left--) {
        var stream = queue.removeFirst();
        stream.scheduled = false;
        long sent = stream.sending.sent();
        int bytes = room - overhead.bytes(stream.id, sent);
        if (bytes <= 0) {
          stream.scheduled = true;
          queue.addFirst(stream);
          return null;
        }
        var piece = stream.sending.next(stream.id, bytes, credit.of(stream.priority));
        credit.use(stream.sending.sent() - sent);
        settle(stream, queue);
        if (piece != null) {
          return piece;
        }
      }
    }
    return null;
  }

  private void settle(Stream stream, ArrayDeque<Stream> queue) {
    if (stream.sending.isBlocked()) {
      if (stream.blockedAt != stream.sending.limit()) {
        stream.blockedAt = stream.sending.limit();
        signals.add(stream, SignalQueue.BLOCKED);
      }
      return;
    }
    if (stream.sending.wantsToSend()) {
      stream.scheduled = true;
      queue.addLast(stream);
      if (stream.sending.needsCredit() && credit.of(stream.priority) == 0 && credit.block()) {
        signals.add(SignalQueue.DATA_BLOCKED);
      }
    }
  }

  boolean hasWork() {
    for (var queue : queues) {
      // Iterators of empty queues would be most of what an idle link allocates.
      if (!queue.isEmpty() && hasWork(queue)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasWork(ArrayDeque<Stream> queue) {
    for (var stream : queue) {
      if (!stream.sending.needsCredit() || credit.of(stream.priority) > 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether nothing is urgent and some stream has so much to send that it is worth sending it in
  /// batches.
  boolean isBusy(int bytes) {
    for (var queue : queues) {
      var first = queue.peekFirst();
      if (first != null) {
        return first.priority != Priority.URGENT && first.sending.unsent() >= bytes;
      }
    }
    return false;
  }

  /// Whether all there is to send are a few new bytes of one stream that goes on and is not urgent.
  boolean isTrickle(int bytes) {
    if (!urgent.isEmpty() || normal.size() + bulk.size() != 1) {
      return false;
    }
    var only = normal.isEmpty() ? bulk.getFirst() : normal.getFirst();
    return only.sending.isTrickle(bytes);
  }

  void clear() {
    queues.forEach(ArrayDeque::clear);
  }
}
