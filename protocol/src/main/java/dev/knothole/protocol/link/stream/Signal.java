package dev.knothole.protocol.link.stream;

/// What the two sides tell each other about streams besides their bytes (RFC 9000, sections 19.4,
/// 19.5, 19.9 to 19.14). All streams are bidirectional, so the signals about their number need no
/// kind.
public sealed interface Signal extends Sent {
  /// The sum of all streams' bytes may reach this.
  record MaxData(long limit) implements Signal {}

  record MaxStreamData(long stream, long limit) implements Signal {}

  /// So many streams may be opened, counted from the beginning of the connection.
  record MaxStreams(long limit) implements Signal {}

  record DataBlocked(long limit) implements Signal {}

  record StreamDataBlocked(long stream, long limit) implements Signal {}

  record StreamsBlocked(long limit) implements Signal {}

  /// The sender gives the stream up; it had sent bytes up to the final size.
  record ResetStream(long stream, long code, long finalSize) implements Signal {}

  /// The receiver wants no more of the stream.
  record StopSending(long stream, long code) implements Signal {}
}
