package dev.knothole.protocol.link.stream;

/// The receiving half of a stream (RFC 9000, section 3.2). What several states have in common is a
/// type of its own, as in [SendState].
sealed interface ReceiveState {
  /// Bytes are still missing.
  sealed interface Receiving extends ReceiveState {}

  /// Nothing more happens.
  sealed interface Terminal extends ReceiveState {}

  record Receive() implements Receiving {}

  record SizeKnown() implements Receiving {}

  record DataReceived() implements ReceiveState {}

  record DataRead() implements Terminal {}

  record ResetReceived(long code) implements ReceiveState {}

  record ResetRead() implements Terminal {}

  default boolean isReceiving() {
    return this instanceof Receiving;
  }

  default boolean isTerminal() {
    return this instanceof Terminal;
  }
}
