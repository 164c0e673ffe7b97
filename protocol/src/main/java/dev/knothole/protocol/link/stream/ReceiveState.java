package dev.knothole.protocol.link.stream;

/// The receiving half of a stream (RFC 9000, section 3.2).
sealed interface ReceiveState {
  record Receive() implements ReceiveState {}

  record SizeKnown() implements ReceiveState {}

  record DataReceived() implements ReceiveState {}

  record DataRead() implements ReceiveState {}

  record ResetReceived(long code) implements ReceiveState {}

  record ResetRead() implements ReceiveState {}

  /// Whether bytes are still missing.
  default boolean isReceiving() {
    return switch (this) {
      case Receive _, SizeKnown _ -> true;
      case DataReceived _, DataRead _, ResetReceived _, ResetRead _ -> false;
    };
  }

  default boolean isTerminal() {
    return switch (this) {
      case DataRead _, ResetRead _ -> true;
      case Receive _, SizeKnown _, DataReceived _, ResetReceived _ -> false;
    };
  }
}
