package dev.knothole.protocol.link.udp;

/// What became of what was sent, as far as this machine knows.
public enum Sent {
  /// It is on its way.
  SENT,

  /// At least one datagram is larger than this machine can send unfragmented that way; those are
  /// lost. A probe of the path's MTU has its answer.
  TOO_LARGE,

  /// Dropped here, at least in part: no route, a firewall's no, no room in the send buffer, or the
  /// socket is closed. As good as lost on the way.
  LOST;

  /// What became of both.
  Sent and(Sent other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
