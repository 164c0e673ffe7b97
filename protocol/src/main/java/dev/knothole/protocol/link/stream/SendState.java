package dev.knothole.protocol.link.stream;

/// The sending half of a stream (RFC 9000, section 3.1).
///
/// What several states have in common is a type of its own: it is asked several times for each
/// packet, and a switch over patterns would be a call through a method handle each time.
sealed interface SendState {
  /// Bytes may still go out.
  sealed interface Sending extends SendState {}

  /// Nothing more happens.
  sealed interface Terminal extends SendState {}

  record Ready() implements Sending {}

  record Send() implements Sending {}

  record DataSent() implements Sending {}

  record DataReceived() implements Terminal {}

  record ResetSent(long code, long finalSize) implements SendState {}

  record ResetReceived() implements Terminal {}

  default boolean isSending() {
    return this instanceof Sending;
  }

  default boolean isTerminal() {
    return this instanceof Terminal;
  }
}
