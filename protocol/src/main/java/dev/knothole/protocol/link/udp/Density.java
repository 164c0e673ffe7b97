package dev.knothole.protocol.link.udp;

/// Tells traffic that gains from offload from the rest: so many datagrams within a second.
final class Density {
  /// About 5 Mbit/s in datagrams of 1200 bytes: no chat, and soon reached by a file.
  private static final int DENSE = 500;

  private static final long WINDOW_NANOS = 1_000_000_000;

  private long windowStart;
  private int inWindow;

  /// @param now nanoseconds of any monotonic clock
  boolean reached(int datagrams, long now) {
    if (inWindow == 0 || now - windowStart >= WINDOW_NANOS) {
      windowStart = now;
      inWindow = 0;
    }
    inWindow += datagrams;
    return inWindow >= DENSE;
  }
}
