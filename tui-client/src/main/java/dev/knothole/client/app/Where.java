package dev.knothole.client.app;

/// Which chat a command is about.
public sealed interface Where {
  /// The one on the screen.
  record Here() implements Where {}

  record In(ChatId chat) implements Where {}
}
