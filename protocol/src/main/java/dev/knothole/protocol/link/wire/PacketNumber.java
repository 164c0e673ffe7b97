package dev.knothole.protocol.link.wire;

/// Packet numbers travel cut to their last one to four bytes (RFC 9000, sections 17.1, A.2, A.3).
public final class PacketNumber {
  /// Stands for "no packet yet" where the largest acknowledged or received one is asked for.
  public static final long NONE = -1;

  /// The longest form in bytes.
  public static final int MAX_LENGTH = 4;

  private PacketNumber() {}

  /// The bytes needed for a number so that a receiver who has seen anything between the largest
  /// acknowledged packet and this one recovers it: twice the distance must fit.
  ///
  /// @param largestAcknowledged or [#NONE]
  public static int length(long number, long largestAcknowledged) {
    long unacknowledged = number - largestAcknowledged;
    int bits = 64 - Long.numberOfLeadingZeros(unacknowledged) + 1;
    return Math.clamp((bits + 7) / 8, 1, MAX_LENGTH);
  }

  /// The full number that is nearest to the one expected next and ends in the given bytes.
  ///
  /// @param largest the largest number opened so far, or [#NONE]
  /// @param length of the cut form in bytes
  public static long recover(long largest, long cut, int length) {
    long expected = largest + 1;
    long window = 1L << (8 * length);
    long candidate = (expected & -window) | cut;
    if (candidate <= expected - window / 2 && candidate < (1L << 62) - window) {
      return candidate + window;
    }
    return candidate > expected + window / 2 && candidate >= window
        ? candidate - window
        : candidate;
  }
}
