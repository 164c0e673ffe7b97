package dev.knothole.protocol.link.stream;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// All streams of a connection, at one of its ends.
///
/// Three parties call it. The application opens, writes, reads and asks for events. The sender of
/// packets takes signals and pieces, and says of each later whether it was acknowledged or lost;
/// what counted as lost may still be acknowledged. The receiver hands in what came and obeys the
/// [Verdict].
public final class Streams {
  /// What a read returns at the end of a stream.
  public static final int END = -1;

  /// What reads and writes return for a stream that is over: reset, stopped, finished or unknown.
  public static final int GONE = -2;

  private static final long MAX_OWN_WINDOW = 1 << 30;

  private final SignalQueue signals = new SignalQueue();
  private final EventQueue events = new EventQueue();
  private final StreamTable table;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private boolean closed;

  /// @param own what this side grants the peer, which must be told exactly that
  public Streams(
      Role role, StreamLimits own, BufferBudget budget, PieceOverhead overhead, long now) {
    if (Math.max(own.connectionWindow(), own.streamWindow()) > MAX_OWN_WINDOW) {
      throw new IllegalArgumentException("windows that no budget can fill: " + own);
    }
    table = new StreamTable(role, own.streams(), signals, events);
    outgoing = new Outgoing(table, signals, events, budget, overhead);
    incoming = new Incoming(table, signals, events, budget, own, now);
  }

  /// What the peer grants: before it is known, no stream can be opened.
  public void start(StreamLimits peer) {
    table.raiseOwnLimit(peer.streams());
    outgoing.start(peer);
  }

  /// The smoothed round trip, in nanoseconds: windows grow by it.
  public void roundTrip(long nanos) {
    incoming.roundTrip(nanos);
  }

  // The application

  /// A new stream, or none while the peer allows no more.
  public OptionalLong open(Priority priority, long now) {
    if (closed) {
      return OptionalLong.empty();
    }
    if (!table.mayOpen()) {
      signals.add(SignalQueue.STREAMS_BLOCKED);
      return OptionalLong.empty();
    }
    return OptionalLong.of(add(table.nextId(), priority, now).id);
  }

  private Stream add(long id, Priority priority, long now) {
    var stream = new Stream(id, priority, outgoing.newHalf(), incoming.newHalf(now));
    table.add(stream);
    return stream;
  }

  /// Streams that the peer opened are [Priority#NORMAL] until said otherwise.
  public void prioritise(long id, Priority priority) {
    var stream = table.find(id);
    if (stream != null) {
      outgoing.prioritise(stream, priority);
    }
  }

  /// Takes as much as there is memory for; after less than all, [StreamEvent.RoomToWrite] follows.
  ///
  /// @return how many bytes were taken, or [#GONE]
  public int write(long id, byte[] from, int at, int length) {
    var stream = table.find(id);
    return stream == null ? GONE : outgoing.write(stream, from, at, length);
  }

  /// Nothing will be written after what was.
  public void finish(long id) {
    var stream = table.find(id);
    if (stream != null) {
      outgoing.finish(stream);
    }
  }

  /// Gives up sending; what is not acknowledged is dropped.
  public void reset(long id, long code) {
    var stream = table.find(id);
    if (stream != null) {
      outgoing.reset(stream, code);
    }
  }

  /// @return how many bytes were read, 0 when there are none now, [#END] or [#GONE]
  public int read(long id, byte[] to, int at, int length, long now) {
    var stream = table.find(id);
    return stream == null ? GONE : incoming.read(stream, to, at, length, now);
  }

  /// Reads no more; what is buffered is dropped, and the peer is asked to stop.
  public void stop(long id, long code, long now) {
    var stream = table.find(id);
    if (stream != null) {
      incoming.stop(stream, code, now);
    }
  }

  /// The next event, or null. To be asked for after everything that was handed in.
  public @Nullable StreamEvent nextEvent() {
    outgoing.wakeWriters();
    for (var stream = events.peek(); stream != null; stream = events.peek()) {
      var event = events.take(stream);
      if (event instanceof StreamEvent.Reset) {
        stream.receiving.readReset();
        table.retireIfClosed(stream);
      }
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  /// Whether a writer waits for memory, which another connection may free: as long as it does,
  /// events are to be asked for from time to time, though nothing came.
  public boolean hasWaitingWriters() {
    return outgoing.hasWaitingWriters();
  }

  // The sender of packets

  /// Whether there is something to send now.
  public boolean hasWork() {
    return !signals.isEmpty() || outgoing.hasWork();
  }

  /// Whether so many bytes of a stream wait, and nothing urgent does: then a batch is worth waiting
  /// for.
  public boolean isBusy(int bytes) {
    return signals.isEmpty() && outgoing.isBusy(bytes);
  }

  /// Whether all there is to send are less than so many new bytes of one stream that is not urgent
  /// and goes on: then more may come in a moment and share a packet.
  public boolean isTrickle(int bytes) {
    return signals.isEmpty() && outgoing.isTrickle(bytes);
  }

  /// The next signal to send, or null. Signals go before pieces.
  public @Nullable Signal nextSignal() {
    for (int own = signals.nextOwn(); own != 0; own = signals.nextOwn()) {
      switch (own) {
        case SignalQueue.MAX_DATA -> {
          return new Signal.MaxData(incoming.limit());
        }
        case SignalQueue.MAX_STREAMS -> {
          return new Signal.MaxStreams(table.theirLimit());
        }
        case SignalQueue.DATA_BLOCKED -> {
          return new Signal.DataBlocked(outgoing.creditLimit());
        }
        default -> {
          if (!table.mayOpen()) {
            return new Signal.StreamsBlocked(table.ownLimit());
          }
        }
      }
    }
    return signals.next();
  }

  /// The next piece to send, or null.
  ///
  /// @param room bytes left in the packet, of which the [PieceOverhead] is taken off
  public @Nullable Piece nextPiece(int room) {
    return outgoing.next(room);
  }

  /// Copies the bytes of a piece that [#nextPiece] gave just now.
  public void copy(Piece piece, byte[] to, int at) {
    var stream = table.find(piece.stream());
    if (stream == null || !stream.sending.copy(piece, to, at)) {
      throw new AssertionError("a piece that is not being sent: " + piece);
    }
  }

  public void acknowledged(Sent sent) {
    // Nearly always; a switch over patterns is a call through a handle, once for each packet.
    if (sent instanceof Piece piece) {
      acknowledged(piece);
    } else if (sent instanceof Signal.ResetStream reset) {
      acknowledged(reset);
    }
  }

  private void acknowledged(Piece piece) {
    var stream = table.find(piece.stream());
    if (stream != null) {
      outgoing.acknowledged(stream, piece);
    }
  }

  private void acknowledged(Signal.ResetStream reset) {
    var stream = table.find(reset.stream());
    if (stream != null) {
      stream.sending.acknowledgeReset();
      table.retireIfClosed(stream);
    }
  }

  /// What still matters of it will be sent again, with the numbers of then.
  public void lost(Sent sent) {
    switch (sent) {
      case Piece piece -> {
        var stream = table.find(piece.stream());
        if (stream != null) {
          outgoing.lost(stream, piece);
        }
      }
      case Signal.MaxData _ -> signals.add(SignalQueue.MAX_DATA);
      case Signal.MaxStreams _ -> signals.add(SignalQueue.MAX_STREAMS);
      case Signal.MaxStreamData(long id, _) -> again(id, SignalQueue.MAX_STREAM_DATA);
      case Signal.ResetStream(long id, _, _) -> again(id, SignalQueue.RESET);
      case Signal.StopSending(long id, _) -> again(id, SignalQueue.STOP);
      // Only hints: nothing waits for them.
      case Signal.DataBlocked _, Signal.StreamDataBlocked _, Signal.StreamsBlocked _ -> {}
    }
  }

  private void again(long id, int signal) {
    var stream = table.find(id);
    if (stream != null) {
      signals.add(stream, signal);
    }
  }

  // The receiver of packets

  /// @param piece what its frame said
  /// @param from where its bytes lie, from `at` on
  public Verdict received(Piece piece, byte[] from, int at, long now) {
    if (piece.offset() < 0 || piece.offset() > StreamLimits.MAX_OFFSET - piece.length()) {
      return Verdict.FRAME_ENCODING_ERROR;
    }
    var verdict = admit(piece.stream(), now);
    var stream = table.find(piece.stream());
    return verdict != Verdict.ACCEPTED || stream == null
        ? verdict
        : incoming.piece(stream, piece, from, at, now);
  }

  public Verdict received(Signal signal, long now) {
    return switch (signal) {
      case Signal.MaxData(long limit) -> {
        outgoing.raiseCredit(limit);
        yield Verdict.ACCEPTED;
      }
      case Signal.MaxStreams(long limit) -> {
        if (limit > StreamLimits.MAX_STREAMS) {
          yield Verdict.FRAME_ENCODING_ERROR;
        }
        table.raiseOwnLimit(limit);
        yield Verdict.ACCEPTED;
      }
      case Signal.StreamsBlocked(long limit) ->
          limit > StreamLimits.MAX_STREAMS ? Verdict.FRAME_ENCODING_ERROR : Verdict.ACCEPTED;
      case Signal.DataBlocked _ -> Verdict.ACCEPTED;
      case Signal.MaxStreamData(long id, _) -> ofStream(id, signal, now);
      case Signal.StreamDataBlocked(long id, _) -> ofStream(id, signal, now);
      case Signal.ResetStream(long id, _, _) -> ofStream(id, signal, now);
      case Signal.StopSending(long id, _) -> ofStream(id, signal, now);
    };
  }

  private Verdict ofStream(long id, Signal signal, long now) {
    var verdict = admit(id, now);
    var stream = table.find(id);
    if (verdict != Verdict.ACCEPTED || stream == null) {
      return verdict;
    }
    switch (signal) {
      case Signal.MaxStreamData max -> outgoing.raiseLimit(stream, max.limit());
      case Signal.StopSending stop -> {
        outgoing.stopped(stream, stop.code());
        table.retireIfClosed(stream);
      }
      case Signal.ResetStream reset -> {
        return incoming.reset(stream, reset, now);
      }
      case Signal _ -> {}
    }
    return Verdict.ACCEPTED;
  }

  /// Opens what this id opens, if the peer may speak of it.
  private Verdict admit(long id, long now) {
    var verdict = table.admit(id);
    if (verdict == Verdict.ACCEPTED && !closed) {
      for (long opened : table.opening(id)) {
        events.add(add(opened, Priority.NORMAL, now), EventQueue.OPENED);
      }
    }
    return verdict;
  }

  /// Gives everything back; from now on nothing is opened, sent or kept.
  public void close() {
    closed = true;
    table.all().forEach(Stream::close);
    table.clear();
    outgoing.clear();
    signals.clear();
    events.clear();
  }

  /// Whether everything that was written has been acknowledged.
  public boolean isFlushed() {
    for (var stream : table.all()) {
      if (!stream.sending.isFlushed()) {
        return false;
      }
    }
    return signals.isEmpty();
  }

  /// How many streams live.
  public int size() {
    return table.size();
  }
}
