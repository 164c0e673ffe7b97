package dev.knothole.protocol.link.stream;

/// The sending half of a stream (RFC 9000, section 3.1).
sealed interface SendState {
  record Ready() implements SendState {}

  record Send() implements SendState {}

  record DataSent() implements SendState {}

  record DataReceived() implements SendState {}

  record ResetSent(long code, long finalSize) implements SendState {}

  record ResetReceived() implements SendState {}

  /// Whether bytes may still go out.
  default boolean isSending() {
    return switch (this) {
      case Ready _, Send _, DataSent _ -> true;
      case DataReceived _, ResetSent _, ResetReceived _ -> false;
    };
  }

  default boolean isTerminal() {
    return switch (this) {
      case DataReceived _, ResetReceived _ -> true;
      case Ready _, Send _, DataSent _, ResetSent _ -> false;
    };
  }
}
