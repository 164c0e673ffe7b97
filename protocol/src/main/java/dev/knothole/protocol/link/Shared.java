package dev.knothole.protocol.link;

import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.wire.FrameReader;
import java.security.SecureRandom;
import java.util.function.Consumer;

/// What the connections of a socket have in common.
///
/// @param touched is told of a connection that the application has called
record Shared(
    LinkOptions options,
    BufferBudget budget,
    FrameReader reader,
    SecureRandom random,
    Consumer<Connection> touched) {
  Shared(
      LinkOptions options, BufferBudget budget, SecureRandom random, Consumer<Connection> touched) {
    this(options, budget, new FrameReader(), random, touched);
  }
}
