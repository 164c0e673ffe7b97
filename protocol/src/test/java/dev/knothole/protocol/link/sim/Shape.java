package dev.knothole.protocol.link.sim;

/// One direction of a path.
///
/// @param rate bytes per second
/// @param delay nanoseconds one way
/// @param queue bytes that fit before the bottleneck
/// @param largest bytes of a datagram; a larger one vanishes
public record Shape(long rate, long delay, long queue, Trouble trouble, int largest) {
  private static final long MILLISECOND = 1_000_000;

  /// What Ethernet leaves of its 1500 bytes below IPv4, and more than below IPv6.
  public static final int ETHERNET = 1472;

  public Shape(long rate, long delay, long queue, Trouble trouble) {
    this(rate, delay, queue, trouble, ETHERNET);
  }

  public static Shape of(double megabits, long roundTripMillis, long queue, double loss) {
    long delay = roundTripMillis * MILLISECOND / 2;
    return new Shape((long) (megabits * 125_000), delay, queue, Trouble.loss(loss));
  }

  /// A home of today: 20 Mbit/s, 40 ms, nothing lost.
  public static Shape usual() {
    return of(20, 40, 200_000, 0);
  }

  public Shape with(Trouble other) {
    return new Shape(rate, delay, queue, other, largest);
  }

  public Shape withLargest(int bytes) {
    return new Shape(rate, delay, queue, trouble, bytes);
  }

  public Shape withDelay(long nanos) {
    return new Shape(rate, nanos, queue, trouble, largest);
  }

  /// The way back: as long, but wide.
  public Shape back() {
    return new Shape(rate * 10, delay, queue * 10, trouble, largest);
  }
}
