package dev.knothole.client.app;

import java.time.Instant;

/// One entry of a chat, safe to draw: texts have been through the sanitizer.
public sealed interface Line {
  /// Unique within its chat, rising.
  long id();

  Instant at();

  String text();

  /// What a peer said.
  record Theirs(long id, Instant at, String author, String text) implements Line {}

  /// What we said.
  record Mine(long id, Instant at, String author, String text, Delivery delivery) implements Line {
    Mine with(Delivery changed) {
      return new Mine(id, at, author, text, changed);
    }
  }

  /// What the program has to say.
  record Notice(long id, Instant at, String text) implements Line {}

  /// What went wrong, and what helps.
  record Problem(long id, Instant at, String text) implements Line {}

  /// How far a line of ours has come.
  enum Delivery {
    /// Kept until the connection opens.
    WAITING,
    /// Handed to the network. This dialect has no receipts, so more is not known.
    SENT,
    /// The connection never opened; the line is still here to be copied.
    NOT_SENT
  }
}
