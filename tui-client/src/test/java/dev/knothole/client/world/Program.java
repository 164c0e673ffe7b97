package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;

/// What runs on a host. It gets its [Socket] when it is made, see [Place#open].
public interface Program {
  void received(Endpoint from, byte[] bytes);

  /// The time asked for with [Socket#wakeAt] has come.
  void due();
}
