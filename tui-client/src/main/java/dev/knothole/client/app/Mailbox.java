package dev.knothole.client.app;

import dev.knothole.client.history.Message;
import dev.knothole.protocol.talk.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What we have said to one peer and it has not stored yet, in the order of writing.
///
/// At most so much is under way at a time that a link takes it without dropping any.
final class Mailbox {
  static final int MAX_UNDER_WAY = 256;
  static final int MAX_CHARS_UNDER_WAY = 60_000;

  private final ArrayDeque<Message> queued = new ArrayDeque<>();
  private final SequencedMap<MessageId, Message> underWay = new LinkedHashMap<>();
  private final List<MessageId> unsaved = new ArrayList<>();
  private int charsUnderWay;

  boolean isEmpty() {
    return queued.isEmpty() && underWay.isEmpty();
  }

  int size() {
    return queued.size() + underWay.size();
  }

  /// @param isSaved whether it is on the disk already; else it waits until it is
  void add(Message message, boolean isSaved) {
    queued.add(message);
    if (!isSaved) {
      unsaved.add(message.id());
    }
  }

  /// It is on the disk, or cannot be.
  void saved(MessageId id) {
    unsaved.remove(id);
  }

  /// The next one that may go out now; it is under way then.
  Optional<Message> next() {
    var first = queued.peek();
    boolean isFull =
        underWay.size() >= MAX_UNDER_WAY
            || (!underWay.isEmpty() && charsUnderWay >= MAX_CHARS_UNDER_WAY);
    if (first == null || isFull || unsaved.contains(first.id())) {
      return Optional.empty();
    }
    queued.remove();
    underWay.put(first.id(), first);
    charsUnderWay += first.text().length();
    return Optional.of(first);
  }

  /// The peer has it on its disk.
  ///
  /// @return whether it was still to be stored
  boolean stored(MessageId id) {
    var message = underWay.remove(id);
    if (message != null) {
      charsUnderWay -= message.text().length();
      return true;
    }
    return queued.removeIf(waiting -> waiting.id().equals(id));
  }

  /// The link is gone: what was under way goes first over the next one.
  void linkLost() {
    List.copyOf(underWay.values()).reversed().forEach(queued::addFirst);
    underWay.clear();
    charsUnderWay = 0;
  }

  /// Takes one back that has not gone out.
  boolean remove(MessageId id) {
    unsaved.remove(id);
    return queued.removeIf(waiting -> waiting.id().equals(id));
  }

  /// The newest that has not gone out.
  Optional<Message> last() {
    return Optional.ofNullable(queued.peekLast());
  }

  Collection<Message> all() {
    var all = new ArrayList<>(underWay.values());
    all.addAll(queued);
    return all;
  }
}
