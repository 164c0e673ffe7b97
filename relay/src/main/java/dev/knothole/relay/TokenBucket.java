package dev.knothole.relay;

/// How many bytes may pass: so many a second, and what was not used before, up to a burst.
final class TokenBucket {
  private static final double NANOS = 1e9;

  /// What is left below this share of the burst is for small datagrams: a chat has to get through
  /// while a file waits, and a relay that reads nothing can tell them by their size alone.
  private static final double RESERVE = 0.25;

  /// A line of text, an acknowledgement; a file comes in larger ones.
  static final int SMALL_BYTES = 300;

  private final double bytesPerSecond;
  private final double burst;
  private double tokens;
  private long filledAt;

  TokenBucket(long bytesPerSecond, long burst, long now) {
    this.bytesPerSecond = bytesPerSecond;
    this.burst = burst;
    tokens = burst;
    filledAt = now;
  }

  /// Takes what a datagram costs.
  ///
  /// @param now in nanoseconds
  /// @return whether it may pass; else nothing is taken
  boolean take(int bytes, long now) {
    if (now > filledAt) {
      tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * bytesPerSecond);
      filledAt = now;
    }
    double floor = bytes <= SMALL_BYTES ? 0 : burst * RESERVE;
    if (tokens - bytes < floor) {
      return false;
    }
    tokens -= bytes;
    return true;
  }
}
