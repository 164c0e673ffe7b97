package dev.knothole.protocol.link.recovery;

/// What one lost packet tells a controller. One instance per path is filled again for every loss.
public final class LossSample {
  int size;
  long sentAt;

  /// Bytes in flight when it left, itself included.
  long txInFlight;

  /// Bytes declared lost since it left, itself included.
  long lostSince;

  boolean appLimited;

  /// Bytes delivered on this path so far.
  long totalDelivered;

  /// Bytes still in flight.
  long inFlight;
}
