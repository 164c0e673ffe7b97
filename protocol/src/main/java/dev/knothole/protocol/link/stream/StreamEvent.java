package dev.knothole.protocol.link.stream;

/// What the application learns of a stream. At most one of each kind is on the way for a stream.
public sealed interface StreamEvent {
  long stream();

  /// The peer opened it.
  record Opened(long stream) implements StreamEvent {}

  /// Bytes, or the end: read until nothing comes.
  record Arrived(long stream) implements StreamEvent {}

  /// After a write that took less than was offered: now some more would fit.
  record RoomToWrite(long stream) implements StreamEvent {}

  /// The peer gave up sending; what was not read is gone.
  record Reset(long stream, long code) implements StreamEvent {}

  /// The peer reads no more; what was not acknowledged is gone.
  record Stopped(long stream, long code) implements StreamEvent {}

  /// Both directions have come to their end, everything is acknowledged and read.
  record Closed(long stream) implements StreamEvent {}
}
