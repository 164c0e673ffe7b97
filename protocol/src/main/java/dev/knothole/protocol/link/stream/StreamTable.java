package dev.knothole.protocol.link.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams that live, and which ids have been used (RFC 9000, sections 2.1 and 4.6).
///
/// Ids of one side go up by four, so a stream that is below the next one and does not live is over;
/// nothing is kept of it.
final class StreamTable {
  private static final int STEP = 4;
  private static final int UNIDIRECTIONAL = 2;

  private final Map<Long, Stream> streams = new HashMap<>(4);
  private final SignalQueue signals;
  private final EventQueue events;
  private final int ownParity;
  private final long mostAtOnce;
  private long ownOpened;
  private long ownLimit;
  private long theirsOpened;
  private long theirsClosed;
  private long theirLimit;

  /// Almost always the one that is asked for next.
  private @Nullable Stream last;

  StreamTable(Role role, long mostAtOnce, SignalQueue signals, EventQueue events) {
    this.signals = signals;
    this.events = events;
    ownParity = role.parity();
    this.mostAtOnce = mostAtOnce;
    theirLimit = mostAtOnce;
  }

  void raiseOwnLimit(long limit) {
    ownLimit = Math.max(ownLimit, limit);
  }

  boolean mayOpen() {
    return ownOpened < ownLimit;
  }

  long nextId() {
    return ownParity + STEP * ownOpened++;
  }

  void add(Stream stream) {
    streams.put(stream.id, stream);
  }

  /// The stream if it lives.
  @Nullable Stream find(long id) {
    var found = last;
    if (found == null || found.id != id) {
      found = streams.get(id);
      last = found;
    }
    return found;
  }

  boolean isOwn(long id) {
    return (id & 1) == ownParity;
  }

  /// Whether the peer may speak of this stream, which may open it.
  Verdict admit(long id) {
    if ((id & UNIDIRECTIONAL) != 0) {
      return Verdict.STREAM_LIMIT_ERROR;
    }
    if (isOwn(id)) {
      return id / STEP < ownOpened ? Verdict.ACCEPTED : Verdict.STREAM_STATE_ERROR;
    }
    return id / STEP < theirLimit ? Verdict.ACCEPTED : Verdict.STREAM_LIMIT_ERROR;
  }

  /// The ids that open with this one of the peer's: all lower ones too.
  List<Long> opening(long id) {
    if (isOwn(id) || id / STEP < theirsOpened) {
      return List.of();
    }
    var ids = new ArrayList<Long>();
    while (theirsOpened <= id / STEP) {
      ids.add((ownParity ^ 1) + STEP * theirsOpened++);
    }
    raiseTheirLimit();
    return ids;
  }

  /// Forgets a stream whose both halves have come to their end.
  void retireIfClosed(Stream stream) {
    if (!stream.isClosed() || streams.remove(stream.id) == null) {
      return;
    }
    last = null;
    events.add(stream, EventQueue.CLOSED);
    if (!isOwn(stream.id)) {
      theirsClosed++;
      raiseTheirLimit();
    }
  }

  /// As late as half of the streams are left to open: one signal for many.
  private void raiseTheirLimit() {
    long raised = Math.min(mostAtOnce + theirsClosed, StreamLimits.MAX_STREAMS);
    if (raised > theirLimit && theirLimit - theirsOpened <= mostAtOnce / 2) {
      theirLimit = raised;
      signals.add(SignalQueue.MAX_STREAMS);
    }
  }

  long ownLimit() {
    return ownLimit;
  }

  long theirLimit() {
    return theirLimit;
  }

  Iterable<Stream> all() {
    return streams.values();
  }

  int size() {
    return streams.size();
  }

  void clear() {
    streams.clear();
    last = null;
  }
}
