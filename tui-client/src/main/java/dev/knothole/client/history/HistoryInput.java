package dev.knothole.client.history;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;

/// What can be asked of the history on disk. What is asked first is done first.
public sealed interface HistoryInput {
  /// Everything that is needed at the start; answered by [HistoryEvent.Opened].
  ///
  /// @param backlog how many of the newest messages of each chat
  record Open(int backlog) implements HistoryInput {}

  /// A message of ours or theirs; answered by [HistoryEvent.Saved] when it is on the disk, also
  /// when it was there before.
  record Save(Message message) implements HistoryInput {}

  /// One of our messages has come further.
  record Mark(MessageId id, Delivery delivery) implements HistoryInput {}

  /// Takes back a message of ours that has not left; answered by [HistoryEvent.Removed].
  record Remove(MessageId id) implements HistoryInput {}

  /// The person has seen everything in this chat up to this message of the peer.
  record MarkRead(Username chat, MessageId upTo) implements HistoryInput {}

  /// A contact is new or has changed.
  record Keep(Contact contact) implements HistoryInput {}

  /// The key of a relay is new or has changed.
  record KeepRelay(Endpoint relay, Fingerprint key) implements HistoryInput {}

  /// Messages that hold all of these words, in all chats; answered by [HistoryEvent.Found].
  ///
  /// @param most how many, newest first
  record Search(String words, int most) implements HistoryInput {}

  /// Messages of one chat before the ones on the screen; answered by [HistoryEvent.Earlier].
  record Recall(Username chat, MessageId before, int most) implements HistoryInput {}

  /// The whole chat as text; answered by [HistoryEvent.Exported].
  ///
  /// @param file as the user typed it; a leading `~/` is the home folder
  record Export(Username chat, String file) implements HistoryInput {}
}
