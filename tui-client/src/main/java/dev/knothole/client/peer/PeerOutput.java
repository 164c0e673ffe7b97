package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import java.time.Instant;

/// What [Peering] wants done.
public sealed interface PeerOutput {
  record Transmit(Endpoint to, byte[] bytes) implements PeerOutput {}

  record Report(PeerEvent event) implements PeerOutput {}

  /// No relay answers where one of our own may stand in: try to host one.
  record HostRelay() implements PeerOutput {}

  /// Call again with a [PeerInput.Tick] then, if nothing happens before. Always last, at most one;
  /// it replaces every earlier one.
  record WakeAt(Instant time) implements PeerOutput {}
}
