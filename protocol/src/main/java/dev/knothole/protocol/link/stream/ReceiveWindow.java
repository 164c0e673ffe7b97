package dev.knothole.protocol.link.stream;

/// How many bytes the peer may send, of a stream or of all together (RFC 9000, section 4).
///
/// The limit is raised when a quarter of the window is used, to a whole window beyond what was
/// consumed: a sender at a steady pace whose news is a round trip old then has three quarters of a
/// window for each round trip, and would have half of one if the limit rose at half.
///
/// A window of which half was used within two round trips holds the peer back, so it doubles: up to
/// its maximum, and never beyond what the budget could give now. It shrinks with the budget, but
/// not below its floor: a promise is no memory, and the peer must never wait for one that cannot
/// come.
final class ReceiveWindow {
  private final long floor;
  private final long most;
  private long size;
  private long limit;
  private long consumed;
  private long epochStart;
  private long epochConsumed;

  ReceiveWindow(long initial, long floor, long most, long now) {
    this.floor = Math.min(initial, floor);
    this.most = Math.max(initial, most);
    size = initial;
    limit = initial;
    epochStart = now;
  }

  void consume(long bytes) {
    consumed += bytes;
  }

  /// @param promisable what the budget could give
  /// @param roundTrip zero while it is not known
  /// @return whether the limit rose, so that the peer must be told
  boolean raise(long promisable, long roundTrip, long now) {
    if (limit - consumed > granted(promisable) / 4 * 3) {
      return false;
    }
    tune(promisable, roundTrip, now);
    long raised = Math.min(consumed + granted(promisable), StreamLimits.MAX_OFFSET);
    if (raised <= limit) {
      return false;
    }
    limit = raised;
    return true;
  }

  private long granted(long promisable) {
    return Math.max(floor, Math.min(size, promisable));
  }

  private void tune(long promisable, long roundTrip, long now) {
    long used = consumed - epochConsumed;
    if (used < size / 2) {
      return;
    }
    double fraction = (double) used / size;
    boolean isTight = now - epochStart < 4.0 * fraction * roundTrip;
    if (isTight && size < promisable) {
      size = Math.min(most, size * 2);
    }
    epochStart = now;
    epochConsumed = consumed;
  }

  long limit() {
    return limit;
  }
}
