package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import org.jspecify.annotations.Nullable;

/// Somebody who is at this relay. There may be a million of them, so it is small and changes in
/// place.
final class Registration {
  final Username name;
  final Endpoint address;

  /// Which of the relay's sockets the last datagram came to.
  int door;

  /// In milliseconds since the epoch.
  long heardAt;

  /// The other side of the session, whose peer is this one; null between sessions.
  private @Nullable Registration peer;

  Registration(Username name, Endpoint address) {
    this.name = name;
    this.address = address;
  }

  @Nullable Registration peer() {
    return peer;
  }

  void meet(Registration other) {
    part();
    other.part();
    peer = other;
    other.peer = this;
  }

  /// Ends the session for both; nothing when there is none.
  void part() {
    if (peer != null) {
      peer.peer = null;
      peer = null;
    }
  }

  /// Whether a datagram can go from here to there: an IPv4 socket has no way to an IPv6 address.
  boolean canReach(Registration other) {
    return address.isIpv6() == other.address.isIpv6();
  }
}
