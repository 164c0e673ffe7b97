package dev.knothole.client.history;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;
import java.util.List;
import java.util.Map;

/// What the history on disk answers.
public sealed interface HistoryEvent {
  /// @param backlog the newest messages of all chats, oldest first
  /// @param queued all messages of ours that are [Delivery#QUEUED] or [Delivery#SENT], in the order
  ///     of writing; those of them that are in the backlog too are repeated here
  /// @param unread how many of the peer's messages in each chat nobody has seen; none left out are
  ///     zero
  record Opened(
      List<Contact> contacts,
      Map<Endpoint, Fingerprint> relays,
      List<Message> backlog,
      List<Message> queued,
      Map<Username, Integer> unread)
      implements HistoryEvent {
    public Opened {
      contacts = List.copyOf(contacts);
      relays = Map.copyOf(relays);
      backlog = List.copyOf(backlog);
      queued = List.copyOf(queued);
      unread = Map.copyOf(unread);
    }
  }

  /// It is on the disk.
  ///
  /// @param fresh false when it was there before
  record Saved(MessageId id, boolean fresh) implements HistoryEvent {}

  /// @param removed false when it had left already, or is unknown
  record Removed(MessageId id, boolean removed) implements HistoryEvent {}

  /// @param hits newest first
  record Found(String words, List<Hit> hits) implements HistoryEvent {
    public Found {
      hits = List.copyOf(hits);
    }
  }

  /// A message that was looked for, with the one before and the one after it in its chat, where
  /// there are such.
  record Hit(Message message, List<Message> before, List<Message> after) {
    public Hit {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /// @param messages oldest first
  record Earlier(Username chat, List<Message> messages) implements HistoryEvent {
    public Earlier {
      messages = List.copyOf(messages);
    }
  }

  record Exported(Username chat, String file, int messages) implements HistoryEvent {}

  /// Something could not be done; nothing that was on the disk is lost.
  ///
  /// @param input what was asked
  /// @param sentence what is wrong and what helps: disk full, read-only, file exists
  record Failed(HistoryInput input, String sentence) implements HistoryEvent {}
}
