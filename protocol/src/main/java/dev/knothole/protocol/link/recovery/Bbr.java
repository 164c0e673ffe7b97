package dev.knothole.protocol.link.recovery;

import java.util.random.RandomGenerator;

/// BBR, version 3 (draft-ietf-ccwg-bbr): sends at the rate at which the path delivers, and keeps
/// little more in flight than the path holds.
///
/// Start-up doubles the rate until delivery no longer grows or loss is high, drains the queue it
/// made, and then lives in cycles: down (drain), cruise, refill (one round at the full rate), up
/// (probe for more). Every ten seconds without a new minimum it dips to see the empty path's round
/// trip. What the path delivers, and the bounds that losses set, are in [BbrModel]. It departs from
/// the draft in one point: [LossFloor].
public final class Bbr implements CongestionController {
  /// One percent below the estimate, so that a queue built by overestimating goes away.
  private static final double PACING_MARGIN = 0.99;

  private static final int MIN_PIPE_PACKETS = 4;
  private static final int FULL_LOSS_COUNT = 6;
  private static final int DRAIN_ROUNDS = 3;
  private static final int RENO_ROUNDS = 63;
  /// Batches under way at once: one being sent, one on the path, one being received.
  private static final int OFFLOAD_QUANTA = 3;

  private static final int MAX_QUANTUM = 64 * 1024;
  private static final long PROBE_WAIT = 2 * RttEstimator.SECOND;

  private final RandomGenerator random;
  private final BbrModel model = new BbrModel();
  private BbrState state = BbrState.STARTUP;
  private int datagram;
  private double window;
  private double priorWindow;
  private double pacingRate;
  private boolean hasRtt;

  private final MinRtt minRtt = new MinRtt();
  private double probeRttWindow;
  private boolean idleRestart;

  private long cycleAt;
  private long probeWait;
  private int roundsSinceUp;
  private long drainRound;
  private boolean lastProbeTooHigh;
  private boolean precautionary;

  private final LossEpisode episode = new LossEpisode();

  /// @param random spreads the probes of flows that share a path
  public Bbr(int datagramSize, RandomGenerator random) {
    this.random = random;
    datagram = datagramSize;
    window = (double) INITIAL_WINDOW_PACKETS * datagramSize;
  }

  @Override
  public void sent(int bytes, long inFlight, boolean appLimited, long now) {
    if (inFlight > 0 || !appLimited) {
      return;
    }
    idleRestart = true;
    model.restart(now);
    if (state.isInCycle()) {
      pace(1);
    } else if (state == BbrState.PROBE_RTT) {
      endProbeRttIfDone(now);
    }
  }

  @Override
  public void acked(RateSample sample, long now) {
    model.beginAck(sample, window, now);
    if (model.roundStart()) {
      roundsSinceUp++;
    }
    episode.acked(sample.sentAt);
    if (state != BbrState.UP && minRtt.isNear(sample.rtt)) {
      model.floor().quiet(sample.acked, sample.lost, datagram);
    }
    model.adaptShortTerm(state.isProbingBandwidth(), window, sample);
    model.checkFull(sample);
    checkStartupDone(sample);
    checkDrainDone(sample, now);
    if (model.isFull()) {
      cycle(sample, now);
    }
    watchMinRtt(sample, now);
    model.endAck(sample);
    pace(state.pacingGain);
    setWindow(sample);
  }

  // ---- start-up and drain

  private void checkStartupDone(RateSample sample) {
    if (state != BbrState.STARTUP) {
      return;
    }
    boolean lossy =
        episode.isOpenAfterItsRound(model.rounds())
            && model.startupLossIsHigh(FULL_LOSS_COUNT, sample);
    if (lossy) {
      episode.endsStartUp();
      model.full(bdp());
    }
    if (model.isFull()) {
      state = BbrState.DRAIN;
      drainRound = model.rounds();
    }
  }

  private void checkDrainDone(RateSample sample, long now) {
    if (state == BbrState.DRAIN
        && (sample.inFlight <= inflight(1, 0) || model.rounds() > drainRound + DRAIN_ROUNDS)) {
      startDown(sample.totalDelivered, now);
    }
  }

  // ---- the bandwidth probing cycle

  private void cycle(RateSample sample, long now) {
    if (adaptLongTerm(sample)) {
      return;
    }
    switch (state) {
      case DOWN -> {
        if (!refillIfTime(sample, now) && isTimeToCruise(sample)) {
          state = BbrState.CRUISE;
        }
      }
      case CRUISE -> refillIfTime(sample, now);
      case REFILL -> {
        if (model.roundStart()) {
          startUp(sample);
        }
      }
      case UP -> {
        if (isTimeToGoDown(sample)) {
          lastProbeTooHigh = false;
          startDown(sample.totalDelivered, now);
        }
      }
      case STARTUP, DRAIN, PROBE_RTT -> {}
    }
  }

  private void startDown(long delivered, long now) {
    model.resetCongestionSignals();
    roundsSinceUp = random.nextInt(2);
    probeWait = PROBE_WAIT + random.nextLong(RttEstimator.SECOND);
    cycleAt = now;
    model.phase(BbrModel.Phase.STOPPING, delivered);
    state = BbrState.DOWN;
  }

  private boolean refillIfTime(RateSample sample, long now) {
    double renoRounds = Math.min(targetInflight() / datagram, RENO_ROUNDS);
    if (now - cycleAt <= probeWait && roundsSinceUp < renoRounds) {
      return false;
    }
    startRefill(sample.totalDelivered);
    return true;
  }

  private void startRefill(long delivered) {
    model.resetShortTerm();
    model.resetSlope();
    precautionary = false;
    model.phase(BbrModel.Phase.REFILLING, delivered);
    state = BbrState.REFILL;
  }

  private void startUp(RateSample sample) {
    model.probing(true);
    model.phase(BbrModel.Phase.STARTING, sample.totalDelivered);
    model.resetFull(sample.rate);
    state = BbrState.UP;
    model.raiseSlope(window, datagram);
  }

  private boolean isTimeToCruise(RateSample sample) {
    return sample.inFlight <= model.withHeadroom(datagram, minimumWindow())
        && sample.inFlight <= model.maxRate() * minRtt.seconds();
  }

  private boolean isTimeToGoDown(RateSample sample) {
    if (lastProbeTooHigh && sample.inFlight >= model.longTerm()) {
      precautionary = true;
      return true;
    }
    if (isWindowLimited(sample) && window >= model.longTerm()) {
      model.resetFull(sample.rate);
      return false;
    }
    return model.isFullNow();
  }

  /// @return whether it has already decided on a new state
  private boolean adaptLongTerm(RateSample sample) {
    if (model.advancePhase(state.isInCycle(), sample.appLimited)
        && state.isInCycle()
        && precautionary
        && !lastProbeTooHigh) {
      startRefill(sample.totalDelivered);
      return true;
    }
    if (!model.floor().isTooHigh(sample.lostSince, sample.txInFlight)
        && model.raiseLongTerm((double) sample.txInFlight)
        && state == BbrState.UP
        && isWindowLimited(sample)
        && window >= model.longTerm()) {
      model.probeUpward(sample.acked, window, datagram);
    }
    return false;
  }

  // ---- the round trip of the empty path

  private void watchMinRtt(RateSample sample, long now) {
    boolean expired = minRtt.isExpired(now);
    if (expired && state != BbrState.PROBE_RTT) {
      // The stale minimum sizes the dip, because its successor may already contain a queue.
      probeRttWindow = Math.max(BbrState.PROBE_RTT.windowGain * bdp(), minimumWindow());
    }
    minRtt.sample(sample.rtt, now);
    if (expired && state != BbrState.PROBE_RTT && !idleRestart) {
      state = BbrState.PROBE_RTT;
      priorWindow = window;
      minRtt.beginDip();
      model.phase(BbrModel.Phase.STOPPING, sample.totalDelivered);
    }
    if (state == BbrState.PROBE_RTT) {
      probeRtt(sample, now);
    }
    idleRestart = false;
  }

  private void probeRtt(RateSample sample, long now) {
    if (minRtt.isDipping()) {
      if (minRtt.roundDone(model.roundStart())) {
        endProbeRttIfDone(now);
      }
    } else if (sample.inFlight <= probeRttWindow) {
      minRtt.dipReached(now);
      model.startRound(sample.totalDelivered);
    }
  }

  private void endProbeRttIfDone(long now) {
    if (!minRtt.endDip(now)) {
      return;
    }
    window = Math.max(window, priorWindow);
    model.resetShortTerm();
    if (model.isFull()) {
      startDown(model.delivered(), now);
      state = BbrState.CRUISE;
    } else {
      state = BbrState.STARTUP;
    }
  }

  // ---- loss

  @Override
  public void lost(LossSample loss, long now) {
    if (episode.isNew(loss.sentAt)) {
      episode.begin(state, model.rounds(), now);
      model.remember();
    }
    if (!model.noteLoss(loss) || !model.floor().isTooHigh(loss.lostSince, loss.txInFlight)) {
      return;
    }
    model.probing(false);
    lastProbeTooHigh = true;
    if (!loss.appLimited) {
      model.lowerLongTerm(loss, targetInflight());
    }
    if (state == BbrState.UP) {
      startDown(loss.totalDelivered, now);
    }
  }

  @Override
  public void spuriousLoss(long now) {
    if (!episode.undo()) {
      return;
    }
    lastProbeTooHigh = false;
    model.undo();
    var before = episode.stateBefore();
    if (before == BbrState.UP && state.isInCycle() && state != BbrState.UP) {
      startRefill(model.delivered());
    } else if (before == BbrState.STARTUP && state != BbrState.PROBE_RTT) {
      model.notFull();
      state = BbrState.STARTUP;
    }
  }

  /// The model stays; the window grows back with every delivery.
  @Override
  public void persistentCongestion(long now) {
    episode.forbidUndo();
    window = minimumWindow();
  }

  // ---- what comes out

  private void pace(double gain) {
    double rate = gain * model.rate() * PACING_MARGIN;
    if (model.rate() > 0 && (model.isFull() || rate > pacingRate)) {
      pacingRate = rate;
    }
  }

  private void setWindow(RateSample sample) {
    if (!hasRtt && sample.smoothedRtt > 0) {
      hasRtt = true;
      double nominal = window * RttEstimator.SECOND / sample.smoothedRtt;
      pacingRate = Math.max(pacingRate, BbrState.STARTUP.pacingGain * nominal);
    }
    double most = inflight(state.windowGain, model.extraAcked());
    if (model.isFull()) {
      window = Math.min(window + sample.acked, most);
    } else if (window < most || sample.totalDelivered < (long) INITIAL_WINDOW_PACKETS * datagram) {
      window += sample.acked;
    }
    window = Math.max(window, minimumWindow());
    if (state == BbrState.PROBE_RTT) {
      window = Math.min(window, probeRttWindow);
    }
    window = Math.min(window, cap());
  }

  private double cap() {
    double cap =
        switch (state) {
          case DOWN, REFILL, UP -> model.longTerm();
          case CRUISE, PROBE_RTT -> model.withHeadroom(datagram, minimumWindow());
          case STARTUP, DRAIN -> Double.MAX_VALUE;
        };
    return Math.max(Math.min(cap, model.shortTermInflight()), minimumWindow());
  }

  private double inflight(double gain, double extra) {
    double quantum =
        Math.clamp(pacingRate / 1_000, 2.0 * datagram, Math.max(MAX_QUANTUM, 2.0 * datagram));
    double budget = OFFLOAD_QUANTA * quantum;
    double whole = Math.max(Math.max(gain * bdp() + extra, budget), minimumWindow());
    return state == BbrState.UP ? whole + 2.0 * datagram : whole;
  }

  /// What the empty path holds at the current rate; the initial window before anything is known.
  private double bdp() {
    return minRtt.isKnown()
        ? model.rate() * minRtt.seconds()
        : (double) INITIAL_WINDOW_PACKETS * datagram;
  }

  private double targetInflight() {
    return Math.min(bdp(), window);
  }

  private double minimumWindow() {
    return (double) MIN_PIPE_PACKETS * datagram;
  }

  private boolean isWindowLimited(RateSample sample) {
    return sample.priorInFlight + datagram > window;
  }

  @Override
  public void datagramSize(int bytes) {
    datagram = bytes;
    window = Math.max(window, minimumWindow());
  }

  @Override
  public long window() {
    return (long) window;
  }

  @Override
  public long pacingRate() {
    return (long) pacingRate;
  }

  BbrState state() {
    return state;
  }
}
