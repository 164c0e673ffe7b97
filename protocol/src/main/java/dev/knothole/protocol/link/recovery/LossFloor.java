package dev.knothole.protocol.link.recovery;

/// The share of packets a path loses whatever the sender does, as radio links do.
///
/// The draft takes more than two percent of loss for congestion and each lossy round for a reason
/// to slow down, which ends in a standstill where more is lost at random. Loss that comes while
/// round trips are those of the empty path, and the sender is not probing for more, fills no queue:
/// slowing down would not lessen it. It is measured here and left out of account. Loss that a queue
/// explains, or that exceeds the floor, counts as in the draft.
final class LossFloor {
  /// What a probe may lose beyond the floor (BBR.LossThresh).
  static final double THRESHOLD = 0.02;

  /// A path that loses more is congested, whatever its delay says.
  static final double MAX = 0.08;

  /// Counts scatter: twice the mean is three deviations off for a hundred packets at 5 %.
  private static final double SCATTER = 2;

  private static final int SAMPLE_PACKETS = 100;
  private static final double WEIGHT = 0.25;

  private double floor;
  private boolean known;
  private long acked;
  private long lost;

  /// Takes an acknowledgment that came with the round trip of the empty path.
  void quiet(long newlyAcked, long newlyLost, int datagram) {
    acked += newlyAcked;
    lost += newlyLost;
    if (acked + lost < (long) SAMPLE_PACKETS * datagram) {
      return;
    }
    double share = Math.min(lost / (double) (acked + lost), MAX);
    floor = known ? floor + WEIGHT * (share - floor) : share;
    known = true;
    acked = 0;
    lost = 0;
  }

  /// Whether a probe put too much in flight.
  boolean isTooHigh(long lostBytes, long inFlight) {
    return lostBytes > inFlight * tolerated();
  }

  /// Whether a round lost more than the path always does.
  boolean isExceeded(long lostBytes, long inFlight) {
    return lostBytes > inFlight * SCATTER * floor;
  }

  /// The share of loss up to which a probe has not gone too far.
  double tolerated() {
    return THRESHOLD + SCATTER * floor;
  }
}
