package dev.knothole.client.world;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The history on a disk that outlives programs, and that may be full.
public final class SimulatedDisk {
  private final SequencedMap<MessageId, Message> messages = new LinkedHashMap<>();
  private final Map<MessageId, Boolean> seen = new HashMap<>();
  private final Map<Username, Contact> contacts = new HashMap<>();
  private final Map<Endpoint, Fingerprint> relays = new HashMap<>();
  private boolean full;

  public void full(boolean changed) {
    full = changed;
  }

  /// What was said to or by this peer, oldest first.
  public List<Message> of(Username chat) {
    return messages.values().stream().filter(message -> message.chat().equals(chat)).toList();
  }

  public Optional<HistoryEvent> perform(HistoryInput input) {
    if (full && !(input instanceof HistoryInput.Open)) {
      return Optional.of(new HistoryEvent.Failed(input, "The disk is full."));
    }
    return switch (input) {
      case HistoryInput.Open _ -> Optional.of(opened());
      case HistoryInput.Save(var message) -> {
        boolean fresh = messages.putIfAbsent(message.id(), message) == null;
        yield Optional.of(new HistoryEvent.Saved(message.id(), fresh));
      }
      case HistoryInput.Mark(var id, var delivery) -> {
        messages.computeIfPresent(id, (_, message) -> marked(message, delivery));
        yield Optional.empty();
      }
      case HistoryInput.Remove(var id) -> Optional.of(removed(id));
      case HistoryInput.MarkRead(var chat, _) -> {
        of(chat).forEach(message -> seen.put(message.id(), true));
        yield Optional.empty();
      }
      case HistoryInput.Keep(var contact) -> {
        contacts.put(contact.name(), contact);
        yield Optional.empty();
      }
      case HistoryInput.KeepRelay(var relay, var key) -> {
        relays.put(relay, key);
        yield Optional.empty();
      }
      case HistoryInput.Search _, HistoryInput.Recall _, HistoryInput.Export _ ->
          throw new AssertionError("nobody searches in this world");
    };
  }

  private HistoryEvent removed(MessageId id) {
    boolean queued = messages.containsKey(id) && delivery(messages.get(id)) == Delivery.QUEUED;
    if (queued) {
      messages.remove(id);
    }
    return new HistoryEvent.Removed(id, queued);
  }

  private static Delivery delivery(Message message) {
    return message.origin() instanceof Message.Origin.Ours(var delivery)
        ? delivery
        : Delivery.FAILED;
  }

  private static Message marked(Message message, Delivery delivery) {
    if (delivery(message).compareTo(delivery) >= 0) {
      return message;
    }
    return new Message(
        message.id(),
        message.chat(),
        message.at(),
        message.kind(),
        message.text(),
        new Message.Origin.Ours(delivery));
  }

  private HistoryEvent opened() {
    var all = List.copyOf(messages.values());
    var queued = new ArrayList<Message>();
    var unread = new HashMap<Username, Integer>();
    for (var message : all) {
      boolean theirs = message.origin() instanceof Message.Origin.Theirs;
      if (!theirs && delivery(message).compareTo(Delivery.DELIVERED) < 0) {
        queued.add(message);
      }
      if (theirs && !seen.containsKey(message.id())) {
        unread.merge(message.chat(), 1, Integer::sum);
      }
    }
    return new HistoryEvent.Opened(List.copyOf(contacts.values()), relays, all, queued, unread);
  }
}
