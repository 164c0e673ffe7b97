package dev.knothole.relay;

import dev.knothole.protocol.talk.Circuit;

/// A circuit between two clients.
final class Bridge {
  final Circuit circuit;
  final ClientSession one;
  final ClientSession two;

  /// In nanoseconds.
  long usedAt;

  Bridge(Circuit circuit, ClientSession one, ClientSession two, long now) {
    this.circuit = circuit;
    this.one = one;
    this.two = two;
    usedAt = now;
  }

  ClientSession other(ClientSession end) {
    return end == one ? two : one;
  }
}
