package dev.knothole.protocol.link;

/// The last seconds of a connection (RFC 9000, section 10.2): who ended it says so again to every
/// packet that shows that the peer has not heard; who was told stays silent. Then both forget.
final class Ending {
  /// Three of the longest probe timeouts.
  private static final long LINGER_NANOS = 3_000_000_000L;

  private final CloseReason reason;
  private final long until;
  private boolean due;
  private boolean told;
  private long received;

  Ending(CloseReason reason, boolean telling, long now) {
    this.reason = reason;
    due = telling;
    until = now + LINGER_NANOS;
  }

  CloseReason reason() {
    return reason;
  }

  /// A packet came all the same: the first, second, fourth, eighth ... is answered.
  void received() {
    received++;
    due |= reason.by() == CloseReason.By.US && Long.bitCount(received) == 1;
  }

  /// Whether the peer is to be told now.
  boolean takeDue() {
    boolean now = due;
    due = false;
    return now;
  }

  /// Whether the application is to be told, once.
  boolean takeTelling() {
    boolean now = !told;
    told = true;
    return now;
  }

  /// Whether the application has been told, which is the last that it hears.
  boolean isTold() {
    return told;
  }

  long until() {
    return until;
  }
}
