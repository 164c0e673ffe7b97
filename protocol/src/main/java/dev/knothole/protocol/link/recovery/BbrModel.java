package dev.knothole.protocol.link.recovery;

/// What [Bbr] believes of the path: how fast it delivers, how much it holds, and what losses say
/// against it (draft-ietf-ccwg-bbr, section 5.5). Bytes, and bytes per second.
///
/// Two time scales. The long-term bounds (`maxRate`, `longTerm`) come from probing and last; the
/// short-term ones follow each lossy round downwards and are dropped before the next probe.
final class BbrModel {
  /// What acknowledgments are coming in for.
  enum Phase {
    QUIET,
    STOPPING,
    REFILLING,
    STARTING,
    FEEDBACK
  }

  private static final double BETA = 0.7;
  private static final double HEADROOM = 0.15;
  private static final double FULL_GROWTH = 1.25;
  private static final int FULL_ROUNDS = 3;
  private static final int EXTRA_ACKED_ROUNDS = 5;
  private static final double UNBOUNDED = Double.MAX_VALUE;

  private final LossFloor floor = new LossFloor();
  private long rounds;
  private long roundEnd;
  private boolean roundStart;
  private long delivered;
  private Phase phase = Phase.QUIET;

  private double maxRateBefore;
  private double maxRateNow;
  private double shortTermRate = UNBOUNDED;
  private double shortTermInflight = UNBOUNDED;
  private double longTerm = UNBOUNDED;
  private double rate;

  private double latestRate;
  private double latestInflight;
  private boolean lossInRound;
  private long lossRoundEnd;
  private boolean lossRoundStart;
  private int lossEvents;
  private long lossEventAt = Long.MIN_VALUE;
  private boolean probing;

  private double fullRate;
  private int fullRounds;
  private boolean fullNow;
  private boolean full;

  private double upAcked;
  private double upAckedPerStep = UNBOUNDED;
  private int upRounds;

  private long extraSince;
  private double extraDelivered;
  private double extraNow;
  private double extraBefore;
  private long extraRound;

  private double undoRate;
  private double undoInflight;
  private double undoLongTerm;

  /// Takes the delivery signals of an acknowledgment.
  void beginAck(RateSample sample, double window, long now) {
    delivered = sample.totalDelivered;
    lossRoundStart = false;
    latestRate = Math.max(latestRate, sample.rate);
    latestInflight = Math.max(latestInflight, (double) sample.delivered);
    if (sample.priorDelivered >= lossRoundEnd) {
      lossRoundEnd = delivered;
      lossRoundStart = true;
    }
    roundStart = sample.priorDelivered >= roundEnd;
    if (roundStart) {
      startRound(delivered);
      rounds++;
    }
    if (sample.rate > 0 && (sample.rate >= maxRate() || !sample.appLimited)) {
      maxRateNow = Math.max(maxRateNow, sample.rate);
    }
    updateExtraAcked(sample, window, now);
    updateRate();
  }

  void endAck(RateSample sample) {
    if (lossRoundStart) {
      latestRate = sample.rate;
      latestInflight = sample.delivered;
    }
    updateRate();
  }

  private void updateRate() {
    rate = Math.min(maxRate(), shortTermRate);
  }

  void startRound(long deliveredNow) {
    roundEnd = deliveredNow;
  }

  /// How far acknowledgments run ahead of the rate: the window has to bridge their silence.
  private void updateExtraAcked(RateSample sample, double window, long now) {
    double expected = rate * (now - extraSince) / RttEstimator.SECOND;
    if (extraDelivered <= expected) {
      extraDelivered = 0;
      extraSince = now;
      expected = 0;
    }
    extraDelivered += sample.acked;
    double extra = Math.min(extraDelivered - expected, window);
    int length = full ? EXTRA_ACKED_ROUNDS : 1;
    if (rounds - extraRound >= length) {
      extraRound = rounds;
      extraBefore = extraNow;
      extraNow = 0;
    }
    extraNow = Math.max(extraNow, extra);
  }

  void restart(long now) {
    extraSince = now;
    extraDelivered = 0;
  }

  // ---- is the pipe full

  void checkFull(RateSample sample) {
    if (fullNow || !roundStart || sample.appLimited) {
      return;
    }
    if (sample.rate >= fullRate * FULL_GROWTH) {
      resetFull(sample.rate);
      return;
    }
    fullRounds++;
    fullNow = fullRounds >= FULL_ROUNDS;
    full |= fullNow;
  }

  void resetFull(double baseline) {
    fullRate = baseline;
    fullRounds = 0;
    fullNow = false;
  }

  boolean startupLossIsHigh(int events, RateSample sample) {
    return lossRoundStart
        && lossEvents >= events
        && floor.isTooHigh(sample.lostSince, sample.txInFlight);
  }

  /// Start-up ends because of losses: what has been delivered is what the path holds.
  void full(double bdp) {
    full = true;
    longTerm = Math.max(bdp, latestInflight);
  }

  void notFull() {
    full = false;
    resetFull(0);
  }

  // ---- losses

  LossFloor floor() {
    return floor;
  }

  /// @return whether the lost packet was sent to probe for bandwidth
  boolean noteLoss(LossSample loss) {
    if (!lossInRound) {
      lossRoundEnd = loss.totalDelivered;
      lossInRound = true;
      lossEvents = 0;
    }
    // Neighbours that left together count as one event.
    if (loss.sentAt != lossEventAt) {
      lossEvents++;
    }
    lossEventAt = loss.sentAt;
    return probing;
  }

  /// The amount in flight at which losses crossed the threshold, not below what CUBIC would take.
  void lowerLongTerm(LossSample loss, double target) {
    double before = (double) loss.txInFlight - loss.size;
    double lostBefore = (double) loss.lostSince - loss.size;
    double prefix = (floor.tolerated() * before - lostBefore) / (1 - floor.tolerated());
    longTerm = Math.max(before + Math.max(prefix, 0), target * BETA);
  }

  /// At the end of a round with losses the short-term bounds follow what was delivered.
  void adaptShortTerm(boolean probingBandwidth, double window, RateSample sample) {
    if (!lossRoundStart) {
      return;
    }
    boolean exceeded = floor.isExceeded(sample.lostSince, sample.txInFlight);
    if (lossInRound && exceeded && !probingBandwidth) {
      double fromRate = shortTermRate == UNBOUNDED ? maxRate() : shortTermRate;
      double fromInflight = shortTermInflight == UNBOUNDED ? window : shortTermInflight;
      shortTermRate = Math.max(latestRate, BETA * fromRate);
      shortTermInflight = Math.max(latestInflight, BETA * fromInflight);
    }
    lossInRound = false;
    updateRate();
  }

  void resetCongestionSignals() {
    lossInRound = false;
    latestRate = 0;
    latestInflight = 0;
  }

  void resetShortTerm() {
    shortTermRate = UNBOUNDED;
    shortTermInflight = UNBOUNDED;
    updateRate();
  }

  void remember() {
    undoRate = shortTermRate;
    undoInflight = shortTermInflight;
    undoLongTerm = longTerm;
  }

  void undo() {
    lossInRound = false;
    shortTermRate = Math.max(shortTermRate, undoRate);
    shortTermInflight = Math.max(shortTermInflight, undoInflight);
    longTerm = Math.max(longTerm, undoLongTerm);
    updateRate();
  }

  // ---- probing

  void phase(Phase next, long deliveredNow) {
    phase = next;
    startRound(deliveredNow);
  }

  void probing(boolean on) {
    probing = on;
  }

  /// @return whether the last samples of a probe have just come in
  boolean advancePhase(boolean inCycle, boolean appLimited) {
    if (!roundStart) {
      return false;
    }
    if (phase == Phase.STARTING) {
      phase = Phase.FEEDBACK;
    } else if (phase == Phase.STOPPING) {
      probing = false;
      phase = Phase.QUIET;
      if (inCycle && !appLimited) {
        maxRateBefore = maxRateNow;
        maxRateNow = 0;
      }
      return true;
    }
    return false;
  }

  /// @return whether there is a bound that could be raised
  boolean raiseLongTerm(double inFlight) {
    if (longTerm == UNBOUNDED) {
      return false;
    }
    longTerm = Math.max(longTerm, inFlight);
    return true;
  }

  void resetSlope() {
    upRounds = 0;
    upAcked = 0;
  }

  /// The long-term bound rises by 1, 2, 4, 8 ... datagrams per round, spread over the round.
  void raiseSlope(double window, int datagram) {
    double growth = 1 << upRounds;
    upRounds = Math.min(upRounds + 1, 30);
    upAckedPerStep = Math.max(window / growth, datagram);
  }

  void probeUpward(long acked, double window, int datagram) {
    upAcked += acked;
    double steps = Math.floor(upAcked / upAckedPerStep);
    upAcked -= steps * upAckedPerStep;
    longTerm += steps * datagram;
    if (roundStart) {
      raiseSlope(window, datagram);
    }
  }

  /// Room for others below the long-term bound.
  double withHeadroom(int datagram, double minimum) {
    if (longTerm == UNBOUNDED) {
      return UNBOUNDED;
    }
    return Math.max(longTerm - Math.max(datagram, HEADROOM * longTerm), minimum);
  }

  double maxRate() {
    return Math.max(maxRateBefore, maxRateNow);
  }

  double rate() {
    return rate;
  }

  double longTerm() {
    return longTerm;
  }

  double shortTermInflight() {
    return shortTermInflight;
  }

  double extraAcked() {
    return Math.max(extraNow, extraBefore);
  }

  long rounds() {
    return rounds;
  }

  long delivered() {
    return delivered;
  }

  boolean roundStart() {
    return roundStart;
  }

  boolean isFull() {
    return full;
  }

  boolean isFullNow() {
    return fullNow;
  }
}
