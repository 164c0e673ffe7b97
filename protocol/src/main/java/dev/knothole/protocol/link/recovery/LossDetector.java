package dev.knothole.protocol.link.recovery;

import org.jspecify.annotations.Nullable;

/// Settles the fate of every packet of one packet number space (RFC 9002, section 6).
///
/// An acknowledgment is worked in as [#ackedRange] for each of its ranges, newest first, then
/// [#ackedAll]. Fates are told to the [Fates] of the constructor, in between the calls. Only
/// packets that the peer must acknowledge are given to [#sent].
///
/// @param <T> what the caller needs to send a packet's content again
public final class LossDetector<T> {
  /// When there is nothing to wait for.
  public static final long NEVER = Long.MAX_VALUE;

  private static final long BEFORE_ALL = Long.MIN_VALUE;

  /// Who learns what became of a packet. Every packet is acknowledged or lost, once; a lost one may
  /// afterwards turn out to have been late, once.
  public interface Fates<T> {
    void acked(long packet, T content);

    void lost(long packet, T content);

    /// A packet that was declared lost has arrived: what has not been sent again need not be.
    void late(long packet, T content);
  }

  /// What a timeout asks of the caller.
  public enum Timeout {
    /// Nothing was due.
    NOTHING,
    /// Packets were declared lost.
    LOSSES,
    /// Send one or two packets that the peer must acknowledge, whatever the window says.
    PROBE
  }

  private final Fates<T> fates;
  private final SentPackets<T> packets = new SentPackets<>();
  private final Reordering reordering = new Reordering();
  private Flight flight;
  private int path;

  private long firstOutstanding;
  private int outstanding;
  private long largestSent = -1;
  private long largestAcked = -1;
  private long lastSentAt;
  private long lossAt = NEVER;
  private int backOff;
  private boolean alwaysProbing;

  private boolean largestIsNew;
  private long largestSentAt;
  private boolean anyAcked;

  private long episodeAt = BEFORE_ALL;
  private int episodeLosses;
  private boolean allLate;

  public LossDetector(Flight flight, Fates<T> fates) {
    this.flight = flight;
    this.fates = fates;
  }

  /// Packets go over another path from now on; those on the way teach it nothing.
  public void switchTo(Flight fresh) {
    flight = fresh;
    path++;
    backOff = 0;
    episodeAt = BEFORE_ALL;
    episodeLosses = 0;
  }

  /// Keeps asking although nothing is in flight: a client whose server may be forbidden to speak
  /// before it hears more (RFC 9002, section 6.2.2.1).
  public void alwaysProbing(boolean on, long now) {
    alwaysProbing = on;
    lastSentAt = Math.max(lastSentAt, now);
  }

  /// Whether another packet can be tracked.
  public boolean isFull() {
    return packets.isFull();
  }

  /// How many packets are neither acknowledged nor lost, on any path.
  public int outstanding() {
    return outstanding;
  }

  /// Gives memory back; worth calling when the connection falls idle.
  public void trim() {
    packets.trim();
  }

  /// Forgets every packet without a verdict: the keys of this space are gone (RFC 9002, section
  /// 6.4).
  public void abandon() {
    for (long slot = packets.head(); slot < packets.tail(); slot++) {
      int i = packets.index(slot);
      if (packets.state[i] == SentPackets.OUTSTANDING && packets.path[i] == path) {
        flight.forget(packets.size[i]);
      }
      packets.settle(slot);
    }
    packets.forget(NEVER);
    outstanding = 0;
    lossAt = NEVER;
    alwaysProbing = false;
  }

  /// A packet has left that the peer must acknowledge. Numbers rise; not when [#isFull].
  public void sent(long packet, int bytes, T content, long now) {
    track(packet, bytes, content, false, now);
  }

  /// A probe for a larger datagram: its loss is no sign of congestion.
  public void sentMtuProbe(long packet, int bytes, T content, long now) {
    track(packet, bytes, content, true, now);
  }

  /// A packet has left that the peer need not acknowledge, or over a path that is only being tried:
  /// nothing is tracked, but an acknowledgment may name it.
  public void sentUntracked(long packet) {
    largestSent = packet;
  }

  /// The content of the oldest packet whose fate is open, for a probe to carry once more; null when
  /// there is none.
  public @Nullable T oldest() {
    skipSettled();
    return firstOutstanding < packets.tail() ? packets.token(firstOutstanding) : null;
  }

  private void track(long packet, int bytes, T content, boolean mtuProbe, long now) {
    long slot = packets.add(packet, content);
    int i = packets.index(slot);
    packets.path[i] = path;
    packets.mtuProbe[i] = mtuProbe;
    flight.sent(packets, slot, bytes, now);
    outstanding++;
    largestSent = packet;
    lastSentAt = now;
  }

  /// Works in one range of an acknowledgment; ranges come in descending order.
  ///
  /// @return false when it acknowledges what was never sent: close with PROTOCOL_VIOLATION
  public boolean ackedRange(long smallest, long largest, long now) {
    if (largest > largestSent) {
      return false;
    }
    if (!anyAcked) {
      anyAcked = true;
      largestIsNew = false;
      flight.beginSample();
    }
    long top = packets.atOrBelow(largest);
    long slot = top;
    while (slot >= packets.head() && packets.number[packets.index(slot)] >= smallest) {
      slot = settle(slot, now);
    }
    if (slot < top) {
      packets.settledDownTo(top, slot);
    }
    return true;
  }

  private long settle(long slot, long now) {
    int i = packets.index(slot);
    switch (packets.state[i]) {
      case SentPackets.SETTLED -> {
        return packets.below(slot);
      }
      case SentPackets.LOST -> late(slot);
      default -> acked(slot, now);
    }
    return slot - 1;
  }

  private void acked(long slot, long now) {
    int i = packets.index(slot);
    T content = packets.token(slot);
    outstanding--;
    if (packets.path[i] == path) {
      flight.acked(packets, slot, now);
      noteLargest(i);
    }
    packets.settle(slot);
    fates.acked(packets.number[i], content);
  }

  private void noteLargest(int i) {
    if (packets.number[i] > largestAcked && !largestIsNew) {
      largestIsNew = true;
      largestSentAt = packets.sentAt[i];
    }
  }

  private void late(long slot) {
    int i = packets.index(slot);
    T content = packets.token(slot);
    if (packets.path[i] == path && !packets.mtuProbe[i]) {
      flight.ackedLate(packets.size[i]);
      reordering.late(largestAcked - packets.number[i]);
      if (packets.deliveredAt[i] >= episodeAt && episodeLosses > 0) {
        episodeLosses--;
        allLate = episodeLosses == 0;
      }
    }
    packets.settle(slot);
    fates.late(packets.number[i], content);
  }

  /// Ends an acknowledgment: round trip, losses, controller.
  ///
  /// @param largest the largest packet it acknowledged
  /// @param ackDelay how long the peer says it held it back, in nanoseconds
  public void ackedAll(long largest, long ackDelay, long now) {
    if (!anyAcked) {
      return;
    }
    anyAcked = false;
    largestAcked = Math.max(largestAcked, Math.min(largest, largestSent));
    if (largestIsNew) {
      roundTrip(now - largestSentAt, ackDelay, now);
      backOff = 0;
    }
    if (allLate) {
      allLate = false;
      flight.controller().spuriousLoss(now);
    }
    detect(now);
    flight.endSample(now);
    packets.forget(now - flight.rtt().persistentCongestion());
  }

  private void roundTrip(long time, long ackDelay, long now) {
    if (time <= RttEstimator.MAX_SAMPLE) {
      flight.rtt().sample(time, ackDelay, now);
      flight.roundTrip(time);
    }
  }

  /// When [#timeout] has to be called, or [#NEVER].
  public long nextTimeout() {
    if (lossAt != NEVER) {
      return Math.min(lossAt, lastSentAt + RttEstimator.MAX_PTO);
    }
    if (outstanding == 0 && !alwaysProbing) {
      return NEVER;
    }
    return lastSentAt + flight.rtt().probeTimeout(backOff);
  }

  public Timeout timeout(long now) {
    if (now < nextTimeout()) {
      return Timeout.NOTHING;
    }
    if (lossAt <= now) {
      detect(now);
      packets.forget(now - flight.rtt().persistentCongestion());
      return Timeout.LOSSES;
    }
    backOff++;
    lastSentAt = now;
    return Timeout.PROBE;
  }

  /// Departure and number both rise with the slot, so the first packet that is not lost ends the
  /// search and tells when to look again.
  private void detect(long now) {
    lossAt = NEVER;
    long delay = reordering.delay(flight.rtt());
    long runSince = BEFORE_ALL;
    boolean persistent = false;
    firstOutstanding = Math.max(firstOutstanding, packets.head());
    for (long slot = firstOutstanding; slot < packets.tail(); slot++) {
      int i = packets.index(slot);
      if (packets.number[i] > largestAcked) {
        break;
      }
      if (packets.state[i] != SentPackets.OUTSTANDING) {
        runSince = packets.state[i] == SentPackets.SETTLED ? BEFORE_ALL : runSince;
      } else if (isLost(i, delay, now)) {
        runSince = runSince == BEFORE_ALL ? startOfRun(i) : runSince;
        persistent |= runSince != BEFORE_ALL && isPersistent(packets.sentAt[i] - runSince);
        lose(slot, now);
      } else {
        lossAt = packets.sentAt[i] + delay;
        break;
      }
    }
    skipSettled();
    if (persistent) {
      flight.rtt().forgetMinimum();
      flight.controller().persistentCongestion(now);
    }
  }

  private boolean isLost(int i, long delay, long now) {
    return packets.number[i] <= largestAcked - reordering.packets()
        || packets.sentAt[i] <= now - delay;
  }

  /// Only packets of this path sent after its first sample can prove persistent congestion.
  private long startOfRun(int i) {
    boolean counts =
        packets.path[i] == path
            && flight.rtt().hasSample()
            && packets.sentAt[i] > flight.rtt().firstSampleAt();
    return counts ? packets.sentAt[i] : BEFORE_ALL;
  }

  private boolean isPersistent(long span) {
    return span > flight.rtt().persistentCongestion();
  }

  private void lose(long slot, long now) {
    int i = packets.index(slot);
    packets.state[i] = SentPackets.LOST;
    outstanding--;
    if (packets.path[i] == path) {
      if (packets.mtuProbe[i]) {
        flight.forget(packets.size[i]);
      } else {
        countLoss(i, now);
        flight.controller().lost(flight.lost(packets, slot), now);
      }
    }
    packets.deliveredAt[i] = now;
    fates.lost(packets.number[i], packets.token(slot));
  }

  /// A loss of a packet that left after the last episode began is a new episode (RFC 9002, section
  /// 7.3.2).
  private void countLoss(int i, long now) {
    if (packets.sentAt[i] > episodeAt) {
      episodeAt = now;
      episodeLosses = 0;
      reordering.newEpisode();
    }
    episodeLosses++;
  }

  private void skipSettled() {
    firstOutstanding = Math.max(firstOutstanding, packets.head());
    while (firstOutstanding < packets.tail()
        && packets.state[packets.index(firstOutstanding)] != SentPackets.OUTSTANDING) {
      firstOutstanding++;
    }
  }

  /// The sum over the books, slowly: what [Flight#inFlight] has to equal.
  long sumInFlight() {
    long sum = 0;
    for (long slot = packets.head(); slot < packets.tail(); slot++) {
      int i = packets.index(slot);
      if (packets.state[i] == SentPackets.OUTSTANDING && packets.path[i] == path) {
        sum += packets.size[i];
      }
    }
    return sum;
  }
}
