package dev.knothole.protocol.link.recovery;

/// Round-trip time of one path (RFC 9002, section 5). All values are nanoseconds.
public final class RttEstimator {
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000 * MILLISECOND;

  /// Before the first sample, as RFC 9002, section 6.2.2 recommends.
  static final long INITIAL_RTT = 333 * MILLISECOND;

  /// The finest step a timer is expected to keep (RFC 9002, section 6.1.2).
  static final long GRANULARITY = MILLISECOND;

  /// How long a receiver may hold an acknowledgment back; both ends of a link use the same.
  public static final long MAX_ACK_DELAY = 25 * MILLISECOND;

  /// No probe waits longer: a path that comes back is noticed within this time.
  public static final long MAX_PTO = SECOND;

  /// A longer time between departure and acknowledgment is not that of a path: the machine slept.
  static final long MAX_SAMPLE = 10 * SECOND;

  private static final long NEVER = Long.MIN_VALUE;

  private long latest;
  private long smoothed = INITIAL_RTT;
  private long variation = INITIAL_RTT / 2;
  private long minimum;
  private long firstSampleAt = NEVER;

  /// Takes a sample of a newly acknowledged, largest acknowledged packet.
  ///
  /// @param sample time from sending to the acknowledgment's arrival
  /// @param ackDelay how long the peer says it held the acknowledgment back
  void sample(long sample, long ackDelay, long now) {
    latest = Math.max(sample, 1);
    if (!hasSample()) {
      firstSampleAt = now;
      minimum = latest;
      smoothed = latest;
      variation = latest / 2;
      return;
    }
    minimum = Math.min(minimum, latest);
    long delay = Math.clamp(ackDelay, 0, MAX_ACK_DELAY);
    long adjusted = latest >= minimum + delay ? latest - delay : latest;
    variation = (3 * variation + Math.abs(smoothed - adjusted)) / 4;
    smoothed = (7 * smoothed + adjusted) / 8;
  }

  /// After persistent congestion the old minimum may belong to another path (section 5.2).
  void forgetMinimum() {
    minimum = latest;
  }

  /// How long to wait for an acknowledgment before asking for one, doubled `backOff` times.
  long probeTimeout(int backOff) {
    long once = smoothed + Math.max(4 * variation, GRANULARITY) + MAX_ACK_DELAY;
    return Math.min(once << Math.min(backOff, 10), MAX_PTO);
  }

  /// The span without any delivery that counts as persistent congestion (section 7.6.1).
  long persistentCongestion() {
    return 3 * (smoothed + Math.max(4 * variation, GRANULARITY) + MAX_ACK_DELAY);
  }

  boolean hasSample() {
    return firstSampleAt != NEVER;
  }

  long firstSampleAt() {
    return firstSampleAt;
  }

  public long latest() {
    return latest;
  }

  public long smoothed() {
    return smoothed;
  }

  public long variation() {
    return variation;
  }

  public long minimum() {
    return minimum;
  }
}
