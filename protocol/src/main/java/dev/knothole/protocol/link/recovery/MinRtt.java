package dev.knothole.protocol.link.recovery;

/// The round trip of the empty path: the least of the last ten seconds, and the dip that finds a
/// new one (draft-ietf-ccwg-bbr, section on ProbeRTT).
final class MinRtt {
  static final long WINDOW = 10 * RttEstimator.SECOND;
  static final long DIP = 200 * RttEstimator.MILLISECOND;
  private static final long NEVER = Long.MIN_VALUE;

  private long least = Long.MAX_VALUE;
  private long seenAt = NEVER;
  private boolean expired;
  private long dipUntil = NEVER;
  private boolean roundDone;

  /// @return whether the minimum had expired before this sample
  boolean isExpired(long now) {
    expired = seenAt != NEVER && now - seenAt > WINDOW;
    return expired;
  }

  /// Takes a sample, 0 for none.
  void sample(long rtt, long now) {
    if (rtt > 0 && (rtt < least || expired)) {
      least = rtt;
      seenAt = now;
    }
  }

  void beginDip() {
    dipUntil = NEVER;
  }

  /// Whether the dip's clock is running: little enough is in flight.
  boolean isDipping() {
    return dipUntil != NEVER;
  }

  void dipReached(long now) {
    dipUntil = now + DIP;
    roundDone = false;
  }

  boolean roundDone(boolean roundStart) {
    roundDone |= roundStart;
    return roundDone;
  }

  /// @return whether the dip has lasted long enough; the next is due a window from now
  boolean endDip(long now) {
    if (dipUntil == NEVER || now <= dipUntil) {
      return false;
    }
    seenAt = now;
    return true;
  }

  /// Whether a round trip is that of the empty path, give or take an eighth and a timer's grain; on
  /// a path shorter than that grain a queue would hide in it.
  boolean isNear(long rtt) {
    long grain = Math.min(RttEstimator.GRANULARITY, least / 2);
    return rtt > 0 && isKnown() && rtt <= least + least / 8 + grain;
  }

  boolean isKnown() {
    return least != Long.MAX_VALUE;
  }

  long least() {
    return least;
  }

  double seconds() {
    return least / (double) RttEstimator.SECOND;
  }
}
