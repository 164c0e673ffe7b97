package dev.knothole.protocol.link.recovery;

/// Finds how large a datagram the path carries (RFC 8899), from [#BASE] upwards.
///
/// One probe is on the way at a time. The largest size is tried first, because most paths carry it;
/// then the gap between what came through and what did not is halved. A size has failed after three
/// probes. When full datagrams vanish while small ones arrive, the path has shrunk: back to the
/// base.
public final class MtuSearch {
  /// What every path of the link has to carry (RFC 9000, section 14).
  public static final int BASE = 1200;

  /// Payload of UDP in an Ethernet frame of 1500 bytes, less 48 for IPv6 or 28 for IPv4.
  public static final int MAX_IPV6 = 1452;

  public static final int MAX_IPV4 = 1472;

  /// RFC 8899, section 5.1.2.
  static final int MAX_PROBES = 3;

  /// A path that grew is noticed after this time (RFC 8899, section 5.1.1).
  static final long RAISE_AFTER = 600 * RttEstimator.SECOND;

  /// A search that a black hole ended begins again after this time: the shrunk path is often a
  /// tunnel that has just come up and stays.
  static final long RETRY_AFTER = 60 * RttEstimator.SECOND;

  /// Finer steps gain less than one percent.
  static final int STEP = 12;

  /// So many full datagrams lost, none arrived, and smaller ones acknowledged meanwhile.
  static final int BLACK_HOLE_LOSSES = 6;

  private final int maximum;
  private int current = BASE;
  private int ceiling;
  private int probing;
  private int probes;
  private boolean onTheWay;
  private long nextAt;
  private int largeLost;
  private long lastLargeLost = -1;

  /// @param maximum the largest size to try: [#MAX_IPV4], [#MAX_IPV6], or more on loopback
  public MtuSearch(int maximum, long now) {
    this.maximum = Math.max(BASE, maximum);
    this.nextAt = now;
    begin();
  }

  private void begin() {
    ceiling = maximum + 1;
    probing = maximum;
    probes = 0;
  }

  /// The size of a full datagram.
  public int current() {
    return current;
  }

  /// The size of the probe that should be sent now; 0 for none.
  public int probe(long now) {
    if (onTheWay || now < nextAt) {
      return 0;
    }
    if (isDone()) {
      begin();
      if (isDone()) {
        return 0;
      }
    }
    return probing;
  }

  private boolean isDone() {
    return probing <= current;
  }

  public void probeSent() {
    onTheWay = true;
    probes++;
  }

  public void probeAcked(long now) {
    if (!onTheWay) {
      return;
    }
    onTheWay = false;
    current = Math.max(current, probing);
    largeLost = 0;
    choose(now);
  }

  public void probeLost(long now) {
    if (!onTheWay) {
      return;
    }
    onTheWay = false;
    if (probes >= MAX_PROBES) {
      ceiling = Math.min(ceiling, probing);
      choose(now);
    }
  }

  private void choose(long now) {
    probes = 0;
    if (ceiling - current <= STEP) {
      probing = current;
      nextAt = now + RAISE_AFTER;
    } else {
      probing = (current + ceiling) / 2;
    }
  }

  /// A packet, not a probe, was lost.
  public void lost(long packet, int size) {
    if (size > BASE && current > BASE) {
      largeLost++;
      lastLargeLost = Math.max(lastLargeLost, packet);
    }
  }

  /// A packet, not a probe, was acknowledged.
  ///
  /// @return whether full datagrams have been found to vanish; [#current] is then [#BASE]
  public boolean acked(long packet, int size, long now) {
    if (size > BASE) {
      largeLost = 0;
      return false;
    }
    // Only what was sent among the lost ones shows that the path itself is alive.
    if (largeLost < BLACK_HOLE_LOSSES || packet < lastLargeLost) {
      return false;
    }
    current = BASE;
    largeLost = 0;
    onTheWay = false;
    probing = BASE;
    nextAt = now + RETRY_AFTER;
    return true;
  }
}
