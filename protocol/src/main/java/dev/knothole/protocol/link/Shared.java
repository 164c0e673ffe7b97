package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.stream.StreamLimits;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.wire.FrameReader;
import dev.knothole.protocol.link.wire.FrameWriter;
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
  /// The longest content of a frame whose length takes two bytes.
  private static final int LONGEST_CONTENT = 16_383;

  Shared(
      LinkOptions options, BufferBudget budget, SecureRandom random, Consumer<Connection> touched) {
    this(options, budget, new FrameReader(), random, touched);
  }

  /// The streams of a new connection. Both ends grant the same, by the version, so they can be
  /// opened and written at once.
  Streams streams(Role role, long now) {
    var made =
        new Streams(
            role == Role.CLIENT
                ? dev.knothole.protocol.link.stream.Role.CLIENT
                : dev.knothole.protocol.link.stream.Role.SERVER,
            StreamLimits.DEFAULT,
            budget,
            (stream, offset) -> FrameWriter.streamHeaderSize(stream, offset, LONGEST_CONTENT),
            now);
    made.start(StreamLimits.DEFAULT);
    return made;
  }
}
