package dev.knothole.client.app;

import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.Instant;

/// One entry of a chat, safe to draw: texts have been through the sanitizer.
public sealed interface Line {
  /// Unique within its chat, rising.
  long id();

  Instant at();

  String text();

  /// What a peer said.
  record Theirs(long id, Instant at, String author, String text, Manner manner) implements Line {}

  /// What we said.
  record Mine(long id, Instant at, String author, String text, Manner manner, Delivery delivery)
      implements Line {
    Mine with(Delivery changed) {
      return new Mine(id, at, author, text, manner, changed);
    }
  }

  /// What the program has to say.
  record Notice(long id, Instant at, String text) implements Line {}

  /// What went wrong, and what helps.
  record Problem(long id, Instant at, String text) implements Line {}

  /// How something was said.
  ///
  /// @param encrypted whether nobody on the way could read it
  record Manner(Kind kind, boolean encrypted) {
    /// In the open dialect.
    public static final Manner PLAIN = new Manner(Kind.SAID, false);

    /// What is added to every line that others on the way could read.
    public String mark() {
      return encrypted ? "" : "  (not encrypted)";
    }
  }

  /// How far a line of ours has come.
  enum Delivery {
    /// Kept until the connection opens.
    WAITING,
    /// Handed to the network. In the open dialect, which has no receipts, more is never known.
    SENT,
    /// On the other side's disk.
    DELIVERED,
    /// Seen by the other side, who wants us to know.
    READ,
    /// It did not go out; the line is still here to be copied.
    NOT_SENT;

    /// What is added to a line that has come so far.
    public String mark(Manner manner) {
      return switch (this) {
        case WAITING -> manner.encrypted() ? "  (queued)" : "  (waiting for the connection)";
        case SENT -> manner.encrypted() ? "  (sent)" : "";
        case DELIVERED -> "  (delivered)";
        case READ -> "  (read)";
        case NOT_SENT -> "  (not sent)";
      };
    }

    static Delivery of(dev.knothole.client.history.Delivery delivery) {
      return switch (delivery) {
        case QUEUED -> WAITING;
        case SENT -> SENT;
        case DELIVERED -> DELIVERED;
        case READ -> READ;
        case FAILED -> NOT_SENT;
      };
    }
  }
}
