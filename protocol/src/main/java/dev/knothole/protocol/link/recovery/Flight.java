package dev.knothole.protocol.link.recovery;

/// What is in flight over one path, and how fast it arrives there: the counters of delivery rate
/// sampling (draft-ietf-ccwg-bbr, section on delivery rate samples).
///
/// A sample is the number of bytes delivered between a packet's departure and its acknowledgment,
/// over the longer of the time they took to leave and the time they took to arrive, because either
/// end can be compressed by bursts. Samples taken while the sender was idle are marked, as they say
/// nothing about the path.
public final class Flight {
  private final RttEstimator rtt = new RttEstimator();
  private final CongestionController controller;
  private final RateSample sample = new RateSample();
  private final LossSample loss = new LossSample();

  private long inFlight;
  private long delivered;
  private long deliveredAt;
  private long firstSentAt;
  private long lost;
  private long appLimitedUntil;

  private boolean sampled;
  private long sendElapsed;
  private long ackElapsed;

  public Flight(CongestionController controller) {
    this.controller = controller;
  }

  public RttEstimator rtt() {
    return rtt;
  }

  public CongestionController controller() {
    return controller;
  }

  /// Bytes sent and neither acknowledged nor lost.
  public long inFlight() {
    return inFlight;
  }

  public long delivered() {
    return delivered;
  }

  public long lost() {
    return lost;
  }

  /// Whether the window has room for a datagram of this size. Probes after a timeout need not ask.
  public boolean hasRoom(int bytes) {
    return inFlight + bytes <= controller.window();
  }

  /// How many bytes the window has room for.
  public long room() {
    return controller.window() - inFlight;
  }

  /// The sender has nothing more to say although the path would take more. To be called whenever
  /// the caller stops sending for want of data.
  public void appLimited() {
    appLimitedUntil = Math.max(delivered + inFlight, 1);
  }

  void sent(SentPackets<?> packets, long slot, int bytes, long now) {
    controller.sent(bytes, inFlight, appLimitedUntil != 0, now);
    if (inFlight == 0) {
      firstSentAt = now;
      deliveredAt = now;
    }
    inFlight += bytes;
    int i = packets.index(slot);
    packets.sentAt[i] = now;
    packets.size[i] = bytes;
    packets.delivered[i] = delivered;
    packets.deliveredAt[i] = deliveredAt;
    packets.firstSentAt[i] = firstSentAt;
    packets.lostBefore[i] = lost;
    packets.inFlight[i] = inFlight;
    packets.appLimited[i] = appLimitedUntil != 0;
  }

  /// Begins to work in an acknowledgment.
  void beginSample() {
    sample.acked = 0;
    sample.lost = 0;
    sample.rtt = 0;
    sample.priorInFlight = inFlight;
    sampled = false;
  }

  void acked(SentPackets<?> packets, long slot, long now) {
    int i = packets.index(slot);
    inFlight -= packets.size[i];
    delivered += packets.size[i];
    deliveredAt = now;
    sample.acked += packets.size[i];
    // Ranges come newest first; a reordered acknowledgment may still bring an older one alone.
    if (sampled && packets.sentAt[i] <= sample.sentAt) {
      return;
    }
    sampled = true;
    sample.sentAt = packets.sentAt[i];
    sample.priorDelivered = packets.delivered[i];
    sample.appLimited = packets.appLimited[i];
    sample.txInFlight = packets.inFlight[i];
    sample.lostSince = lost - packets.lostBefore[i];
    sendElapsed = packets.sentAt[i] - packets.firstSentAt[i];
    ackElapsed = now - packets.deliveredAt[i];
    firstSentAt = packets.sentAt[i];
  }

  /// A packet that had been declared lost arrived after all.
  void ackedLate(int bytes) {
    delivered += bytes;
  }

  LossSample lost(SentPackets<?> packets, long slot) {
    int i = packets.index(slot);
    inFlight -= packets.size[i];
    lost += packets.size[i];
    sample.lost += packets.size[i];
    loss.size = packets.size[i];
    loss.sentAt = packets.sentAt[i];
    loss.txInFlight = packets.inFlight[i];
    loss.lostSince = lost - packets.lostBefore[i];
    loss.appLimited = packets.appLimited[i];
    loss.totalDelivered = delivered;
    loss.inFlight = inFlight;
    return loss;
  }

  /// A packet is out of account without being a sign of congestion: a failed probe for a larger
  /// datagram (RFC 8899, section 3), or one whose keys are gone.
  void forget(int bytes) {
    inFlight -= bytes;
  }

  void roundTrip(long time) {
    sample.rtt = time;
  }

  /// Tells the controller what the acknowledgment brought.
  void endSample(long now) {
    if (!sampled) {
      return;
    }
    if (appLimitedUntil != 0 && delivered > appLimitedUntil) {
      appLimitedUntil = 0;
    }
    sample.totalDelivered = delivered;
    sample.delivered = delivered - sample.priorDelivered;
    sample.inFlight = inFlight;
    sample.smoothedRtt = rtt.smoothed();
    sample.minRtt = rtt.minimum();
    long interval = Math.max(sendElapsed, ackElapsed);
    // Shorter than any round trip: bunched acknowledgments, not a rate.
    boolean tooShort = interval <= 0 || interval < rtt.minimum();
    sample.rate = tooShort ? 0 : sample.delivered * (double) RttEstimator.SECOND / interval;
    controller.acked(sample, now);
  }
}
