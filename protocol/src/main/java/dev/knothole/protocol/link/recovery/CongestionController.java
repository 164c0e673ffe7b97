package dev.knothole.protocol.link.recovery;

/// How much may be in flight on one path, and how fast it may leave. The border between loss
/// recovery and the algorithms. A path switch makes a new controller.
public interface CongestionController {
  /// RFC 9002, section 7.2: ten datagrams to begin with, two at the least.
  int INITIAL_WINDOW_PACKETS = 10;

  int MINIMUM_WINDOW_PACKETS = 2;

  /// A packet leaves.
  ///
  /// @param inFlight bytes in flight before it
  void sent(int bytes, long inFlight, boolean appLimited, long now);

  /// A packet was declared lost. Called for every loss, before [#acked] of the same acknowledgment.
  void lost(LossSample loss, long now);

  /// An acknowledgment has been worked in.
  void acked(RateSample sample, long now);

  /// Nothing came through for several round trips (RFC 9002, section 7.6).
  void persistentCongestion(long now);

  /// Every loss since the last reaction has turned out to be late, not lost.
  void spuriousLoss(long now);

  /// The size of a full datagram has changed.
  void datagramSize(int bytes);

  /// How many bytes may be in flight.
  long window();

  /// How many bytes may leave per second, the controller's head-room included; 0 for any number.
  long pacingRate();
}
