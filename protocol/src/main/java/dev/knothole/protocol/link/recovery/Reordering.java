package dev.knothole.protocol.link.recovery;

/// How much reordering a path has shown: the thresholds of loss detection (RFC 9002, section 6.1).
///
/// They begin at the recommended values and widen when a loss proves false, in the manner of RFC
/// 8985, section 6.2; after a number of episodes without such a surprise they fall back.
final class Reordering {
  /// RFC 9002, section 6.1.1.
  static final int INITIAL_PACKETS = 3;

  /// Beyond this the time threshold decides alone.
  static final int MAX_PACKETS = 128;

  /// Eighths of a round trip: 9/8 recommended (section 6.1.2), 2 at the most.
  static final int INITIAL_EIGHTHS = 9;

  static final int MAX_EIGHTHS = 16;

  /// RFC 8985 keeps a widened window for 16 recoveries.
  private static final int EPISODES_TO_FORGET = 16;

  private int packets = INITIAL_PACKETS;
  private int eighths = INITIAL_EIGHTHS;
  private int quietEpisodes;

  /// A packet came after all, acknowledged `distance` packets behind the largest.
  void late(long distance) {
    quietEpisodes = 0;
    if (distance >= packets && packets < MAX_PACKETS) {
      packets = (int) Math.min(distance + 1, MAX_PACKETS);
    } else {
      eighths = Math.min(eighths + 1, MAX_EIGHTHS);
    }
  }

  void newEpisode() {
    quietEpisodes++;
    if (quietEpisodes > EPISODES_TO_FORGET) {
      packets = INITIAL_PACKETS;
      eighths = INITIAL_EIGHTHS;
    }
  }

  int packets() {
    return packets;
  }

  /// How long after its departure a packet counts as lost once a later one has arrived.
  long delay(RttEstimator rtt) {
    long longest = Math.max(rtt.latest(), rtt.smoothed());
    return Math.max(longest / 8 * eighths, RttEstimator.GRANULARITY);
  }
}
