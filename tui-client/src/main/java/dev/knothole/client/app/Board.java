package dev.knothole.client.app;

import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.Message;
import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which line shows which message, so that a line can say how far its message has come.
final class Board {
  /// Lines whose state may still change; older ones than that keep theirs.
  private static final int MAX_LINES = 5_000;

  private final AppState state;
  private final Desk desk;
  private final Map<MessageId, Shown> shown =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Shown> eldest) {
          return size() > MAX_LINES;
        }
      };

  private record Shown(ChatId chat, long line) {}

  Board(AppState state, Desk desk) {
    this.state = state;
    this.desk = desk;
  }

  void show(Chat chat, Message message) {
    long line = desk.show(chat, message);
    shown.put(message.id(), new Shown(chat.id(), line));
  }

  void mark(MessageId id, Delivery delivery) {
    var where = shown.get(id);
    if (where != null) {
      chat(id).ifPresent(chat -> chat.mark(where.line(), Line.Delivery.of(delivery)));
    }
  }

  /// Where a message is shown.
  Optional<Chat> chat(MessageId id) {
    return Optional.ofNullable(shown.get(id)).flatMap(where -> state.find(where.chat()));
  }

  void takeDown(MessageId id) {
    var where = shown.get(id);
    if (where != null) {
      chat(id).ifPresent(chat -> chat.transcript().remove(where.line()));
      shown.remove(id);
    }
  }

  /// The oldest message of a chat that is shown.
  Optional<MessageId> oldest(Chat chat) {
    return shown.entrySet().stream()
        .filter(each -> each.getValue().chat().equals(chat.id()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Our messages to a peer up to one of them that are delivered, and not read as far as is known.
  List<MessageId> deliveredUpTo(Username peer, MessageId last) {
    var ids = new ArrayList<MessageId>();
    var id = new ChatId.With(new PeerId.Named(peer));
    for (var each : shown.entrySet()) {
      var where = each.getValue();
      boolean isTheirs = where.chat().equals(id);
      if (isTheirs && state.find(id).filter(chat -> chat.isDelivered(where.line())).isPresent()) {
        ids.add(each.getKey());
      }
      if (each.getKey().equals(last)) {
        break;
      }
    }
    return ids;
  }
}
