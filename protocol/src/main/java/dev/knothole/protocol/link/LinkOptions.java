package dev.knothole.protocol.link;

import java.time.Duration;

/// What the owner of a socket may choose; none of it needs the peer's consent.
///
/// @param congestion for everything that is sent
/// @param idleTimeout a connection ends after this time without a packet of the peer; zero for
///     never. Who keeps a connection over silence sends pings, more often than every third of it
/// @param handshakeTimeout a handshake that takes longer has failed
/// @param maxConnections at once; further strangers are refused
/// @param retryAbove with more unproven handshakes than this at once, a stranger has to prove its
///     address first
public record LinkOptions(
    Congestion congestion,
    Duration idleTimeout,
    Duration handshakeTimeout,
    int maxConnections,
    int retryAbove) {
  public static final LinkOptions DEFAULT =
      new LinkOptions(Congestion.BBR, Duration.ofSeconds(60), Duration.ofSeconds(10), 10_000, 32);

  public LinkOptions {
    if (idleTimeout.isNegative() || handshakeTimeout.isNegative() || handshakeTimeout.isZero()) {
      throw new IllegalArgumentException("a time limit that is none");
    }
    if (maxConnections < 1 || retryAbove < 0) {
      throw new IllegalArgumentException("a number of connections below the least");
    }
  }

  public LinkOptions withCongestion(Congestion other) {
    return new LinkOptions(other, idleTimeout, handshakeTimeout, maxConnections, retryAbove);
  }

  public LinkOptions withIdleTimeout(Duration other) {
    return new LinkOptions(congestion, other, handshakeTimeout, maxConnections, retryAbove);
  }

  public LinkOptions withHandshakeTimeout(Duration other) {
    return new LinkOptions(congestion, idleTimeout, other, maxConnections, retryAbove);
  }

  public LinkOptions withMaxConnections(int other) {
    return new LinkOptions(congestion, idleTimeout, handshakeTimeout, other, retryAbove);
  }

  public LinkOptions withRetryAbove(int other) {
    return new LinkOptions(congestion, idleTimeout, handshakeTimeout, maxConnections, other);
  }
}
