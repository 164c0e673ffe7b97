package dev.knothole.protocol.link.recovery;

/// The phases of [Bbr] and what each asks for (draft-ietf-ccwg-bbr, table of state parameters).
enum BbrState {
  /// Doubles the rate every round.
  STARTUP(2.77, 2),
  /// Lets the queue of start-up run empty.
  DRAIN(0.5, 2),
  /// Slower than the path: drains what a probe has queued.
  DOWN(0.9, 2),
  /// As fast as the path.
  CRUISE(1, 2),
  /// As fast as the path, short-term bounds forgotten, so that the probe starts from a full pipe.
  REFILL(1, 2),
  /// Faster than the path: probes for more.
  UP(1.25, 2.25),
  /// Nearly stops, to see the round trip of the empty path.
  PROBE_RTT(1, 0.5);

  /// Of the estimated rate.
  final double pacingGain;

  /// Of what the empty path holds.
  final double windowGain;

  BbrState(double pacingGain, double windowGain) {
    this.pacingGain = pacingGain;
    this.windowGain = windowGain;
  }

  boolean isInCycle() {
    return switch (this) {
      case DOWN, CRUISE, REFILL, UP -> true;
      case STARTUP, DRAIN, PROBE_RTT -> false;
    };
  }

  boolean isProbingBandwidth() {
    return this == STARTUP || this == REFILL || this == UP;
  }
}
