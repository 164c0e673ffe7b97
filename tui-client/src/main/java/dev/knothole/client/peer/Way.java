package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;

/// Which way the packets of a private chat go.
public sealed interface Way {
  /// Through the relay, which cannot read them.
  record Relayed() implements Way {}

  /// From router to router.
  record Direct(Endpoint address) implements Way {}

  /// Within the own network, without a router between.
  record Lan(Endpoint address) implements Way {}
}
