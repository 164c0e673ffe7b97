package dev.knothole.protocol.link.recovery;

/// What one acknowledgment taught: the controllers' only view of deliveries. One instance per path
/// is filled again for every acknowledgment. Bytes and nanoseconds, rates in bytes per second.
public final class RateSample {
  /// Newly acknowledged bytes.
  long acked;

  /// Bytes this acknowledgment caused to be declared lost.
  long lost;

  /// Bytes delivered on this path in all, this acknowledgment included.
  long totalDelivered;

  /// `totalDelivered` when the newest acknowledged packet left.
  long priorDelivered;

  /// Bytes delivered since then.
  long delivered;

  /// The rate of that delivery; 0 when it cannot be told.
  double rate;

  /// Whether the sender had less to send than the path would have taken.
  boolean appLimited;

  /// Bytes in flight when the newest acknowledged packet left, itself included.
  long txInFlight;

  /// Bytes declared lost since it left.
  long lostSince;

  /// When it left.
  long sentAt;

  /// Its round trip without regard to the peer's delay, 0 when the largest was known before.
  long rtt;

  long smoothedRtt;
  long minRtt;

  /// Bytes in flight before and after this acknowledgment.
  long priorInFlight;

  long inFlight;
}
