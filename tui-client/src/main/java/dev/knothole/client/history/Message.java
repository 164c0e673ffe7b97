package dev.knothole.client.history;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.Instant;

/// A message of a private chat, as it was written: not yet made safe to draw.
///
/// @param chat whom the chat is with
/// @param at when it was written, if it is ours; else when it came
public record Message(
    MessageId id, Username chat, Instant at, Kind kind, String text, Origin origin) {
  /// Who wrote it.
  public sealed interface Origin {
    record Theirs() implements Origin {}

    record Ours(Delivery delivery) implements Origin {}
  }
}
