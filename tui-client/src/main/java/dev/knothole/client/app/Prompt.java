package dev.knothole.client.app;

import dev.knothole.protocol.link.handshake.Fingerprint;

/// A question that waits for the user's answer.
sealed interface Prompt {
  /// Somebody wants to talk. `/accept`, `/reject` or `/block`.
  record Calling(Fingerprint key) implements Prompt {}

  /// Somebody wants to talk without encryption. `/accept` or `/reject`.
  record CallingPlainly() implements Prompt {}

  /// Whoever is to be reached can be reached without encryption only. `/accept` or `/reject`.
  record PlainOnly() implements Prompt {}

  /// Do the words match? `y` or `n`.
  record Verify() implements Prompt {}
}
