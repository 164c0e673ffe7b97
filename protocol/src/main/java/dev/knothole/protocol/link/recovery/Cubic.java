package dev.knothole.protocol.link.recovery;

/// CUBIC (RFC 9438) with HyStart++ in its first slow start. Windows are in bytes outside and in
/// datagrams inside the formulas, as in the RFC.
public final class Cubic implements CongestionController {
  /// RFC 9438, sections 4.1 and 4.6.
  static final double C = 0.4;

  static final double BETA = 0.7;
  private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);

  /// RFC 9002, section 7.7: a little faster than the window per round trip, so that pacing is never
  /// what limits; twice in slow start, where the window doubles.
  private static final double PACING_GAIN = 1.25;

  private static final double SLOW_START_PACING_GAIN = 2;
  private static final long NEVER = Long.MIN_VALUE;

  private final HyStartPlusPlus slowStart = new HyStartPlusPlus();
  private int datagram;
  private double window;
  private double threshold = Double.MAX_VALUE;
  private long smoothedRtt;

  private double maximum;
  private double k;
  private double reno;
  private double windowBefore;
  private long epochAt = NEVER;
  private long pausedAt = NEVER;
  private long recoveryAt = NEVER;

  private double undoWindow;
  private double undoThreshold;
  private double undoMaximum;
  private boolean canUndo;

  public Cubic(int datagramSize) {
    datagram = datagramSize;
    window = (double) INITIAL_WINDOW_PACKETS * datagramSize;
  }

  @Override
  public void sent(int bytes, long inFlight, boolean appLimited, long now) {}

  @Override
  public void lost(LossSample loss, long now) {
    if (loss.sentAt <= recoveryAt) {
      return;
    }
    remember();
    recoveryAt = now;
    double packets = window / datagram;
    windowBefore = packets;
    // Fast convergence (section 4.7): a flow that lost ground leaves room for newcomers.
    maximum = packets < maximum ? packets * (1 + BETA) / 2 : packets;
    threshold = Math.max(packets * BETA, MINIMUM_WINDOW_PACKETS) * datagram;
    window = threshold;
    epochAt = NEVER;
  }

  @Override
  public void acked(RateSample sample, long now) {
    smoothedRtt = sample.smoothedRtt;
    boolean growing = !sample.appLimited && sample.sentAt > recoveryAt;
    if (isInSlowStart()) {
      slowStart.acked(sample.priorDelivered, sample.totalDelivered, sample.rtt);
      if (growing) {
        window = Math.min(window + slowStart.growth(sample.acked), Math.max(threshold, window));
      }
      endSlowStartIfDone();
    } else if (!growing) {
      pausedAt = pausedAt == NEVER ? now : pausedAt;
    } else {
      resume(now);
      avoidCongestion(sample.acked, now);
    }
  }

  private boolean isInSlowStart() {
    return window < threshold;
  }

  private void endSlowStartIfDone() {
    if (slowStart.phase() == HyStartPlusPlus.Phase.DONE && threshold == Double.MAX_VALUE) {
      threshold = window;
      maximum = window / datagram;
      windowBefore = maximum;
    }
  }

  /// Time in which the sender had nothing to send does not count (section 5.8).
  private void resume(long now) {
    if (pausedAt != NEVER && epochAt != NEVER) {
      epochAt += now - pausedAt;
    }
    pausedAt = NEVER;
  }

  private void avoidCongestion(long ackedBytes, long now) {
    double packets = window / datagram;
    if (epochAt == NEVER) {
      beginEpoch(packets, now);
    }
    double t = (now - epochAt) / (double) RttEstimator.SECOND;
    double rtt = smoothedRtt / (double) RttEstimator.SECOND;
    double acked = ackedBytes / (double) datagram;
    reno += (reno < windowBefore ? RENO_ALPHA : 1) * acked / packets;
    double next;
    if (cubic(t) < reno) {
      next = Math.max(packets, reno);
    } else {
      double target = Math.clamp(cubic(t + rtt), packets, 1.5 * packets);
      next = packets + (target - packets) / packets * acked;
    }
    window = next * datagram;
  }

  private void beginEpoch(double packets, long now) {
    epochAt = now;
    maximum = Math.max(maximum, packets);
    k = k(maximum, packets);
    reno = packets;
  }

  /// W_cubic(t) of section 4.2, in datagrams.
  private double cubic(double t) {
    double x = t - k;
    return C * x * x * x + maximum;
  }

  /// How many seconds it takes to come back to `maximum` from `packets` (section 4.2, figure 2).
  static double k(double maximum, double packets) {
    return Math.cbrt((maximum - packets) / C);
  }

  @Override
  public void persistentCongestion(long now) {
    canUndo = false;
    threshold = Math.max(window * BETA, (double) MINIMUM_WINDOW_PACKETS * datagram);
    window = (double) MINIMUM_WINDOW_PACKETS * datagram;
    epochAt = NEVER;
    recoveryAt = NEVER;
  }

  private void remember() {
    canUndo = true;
    undoWindow = window;
    undoThreshold = threshold;
    undoMaximum = maximum;
  }

  /// Section 4.9.
  @Override
  public void spuriousLoss(long now) {
    if (canUndo && window < undoWindow) {
      window = undoWindow;
      threshold = undoThreshold;
      maximum = undoMaximum;
      epochAt = NEVER;
      recoveryAt = NEVER;
    }
    canUndo = false;
  }

  @Override
  public void datagramSize(int bytes) {
    datagram = bytes;
    window = Math.max(window, (double) MINIMUM_WINDOW_PACKETS * bytes);
  }

  @Override
  public long window() {
    return (long) window;
  }

  @Override
  public long pacingRate() {
    if (smoothedRtt == 0) {
      return 0;
    }
    double gain = isInSlowStart() ? SLOW_START_PACING_GAIN : PACING_GAIN;
    return (long) (gain * window * RttEstimator.SECOND / smoothedRtt);
  }
}
