package dev.knothole.protocol.link.recovery;

/// When slow start has done enough (RFC 9406): a rising round trip tells that a queue is building
/// up before it overflows. On the first sign growth becomes conservative (CSS); if the sign
/// vanishes slow start resumes, if it lasts for five rounds slow start is over.
final class HyStartPlusPlus {
  /// Constants of RFC 9406, section 4.3.
  static final long MIN_RTT_THRESHOLD = 4 * RttEstimator.MILLISECOND;

  static final long MAX_RTT_THRESHOLD = 16 * RttEstimator.MILLISECOND;
  static final int MIN_RTT_DIVISOR = 8;
  static final int RTT_SAMPLES = 8;
  static final int CSS_GROWTH_DIVISOR = 4;
  static final int CSS_ROUNDS = 5;

  enum Phase {
    SLOW_START,
    CONSERVATIVE,
    DONE
  }

  private static final long NONE = Long.MAX_VALUE;

  private Phase phase = Phase.SLOW_START;
  private long roundEnd;
  private long lastRoundMinRtt = NONE;
  private long currentRoundMinRtt = NONE;
  private long cssBaselineMinRtt = NONE;
  private int samples;
  private int cssRounds;

  /// Takes an acknowledgment.
  ///
  /// @param priorDelivered bytes delivered when the newest acknowledged packet left
  /// @param delivered bytes delivered now
  /// @param rtt its round trip, 0 for none
  void acked(long priorDelivered, long delivered, long rtt) {
    if (phase == Phase.DONE) {
      return;
    }
    if (priorDelivered >= roundEnd) {
      startRound(delivered);
    }
    if (rtt > 0) {
      currentRoundMinRtt = Math.min(currentRoundMinRtt, rtt);
      samples++;
    }
    if (samples >= RTT_SAMPLES && currentRoundMinRtt != NONE) {
      judge();
    }
  }

  private void startRound(long delivered) {
    roundEnd = delivered;
    lastRoundMinRtt = currentRoundMinRtt;
    currentRoundMinRtt = NONE;
    samples = 0;
    if (phase == Phase.CONSERVATIVE && ++cssRounds >= CSS_ROUNDS) {
      phase = Phase.DONE;
    }
  }

  private void judge() {
    if (phase == Phase.CONSERVATIVE) {
      if (currentRoundMinRtt < cssBaselineMinRtt) {
        cssBaselineMinRtt = NONE;
        phase = Phase.SLOW_START;
      }
    } else if (phase == Phase.SLOW_START && lastRoundMinRtt != NONE) {
      long threshold =
          Math.clamp(lastRoundMinRtt / MIN_RTT_DIVISOR, MIN_RTT_THRESHOLD, MAX_RTT_THRESHOLD);
      if (currentRoundMinRtt >= lastRoundMinRtt + threshold) {
        cssBaselineMinRtt = currentRoundMinRtt;
        cssRounds = 0;
        phase = Phase.CONSERVATIVE;
      }
    }
  }

  /// How much the window grows for so many acknowledged bytes.
  long growth(long acked) {
    return phase == Phase.CONSERVATIVE ? acked / CSS_GROWTH_DIVISOR : acked;
  }

  Phase phase() {
    return phase;
  }
}
