package dev.knothole.relay;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Whose each name is. A name is owned by the key that signed in with it first, until nobody has
/// signed in with it for [#KEPT].
///
/// A key owns at most [#MAX_NAMES]; with one more the one used longest ago is free again. There are
/// at most [#MAX_OWNED] in all; a full book takes no new ones.
final class NameBook {
  static final Duration KEPT = Duration.ofDays(90);
  static final int MAX_NAMES = 8;
  static final int MAX_OWNED = 1_000_000;

  /// Where what happens to names is kept beyond the life of this process. Never blocks.
  interface Journal {
    void owned(Entry entry);

    void freed(Username name);
  }

  /// @param usedAt when somebody last signed in with it
  record Entry(Username name, Fingerprint owner, Instant usedAt) {}

  private final Map<Username, Entry> entries = new HashMap<>();
  private final Map<Fingerprint, SequencedMap<Username, Boolean>> byOwner = new HashMap<>();
  private final Journal journal;

  /// @param known what the journal has kept
  NameBook(List<Entry> known, Journal journal) {
    this.journal = journal;
    known.forEach(this::put);
  }

  /// One that lasts as long as the process.
  static NameBook inMemory() {
    return new NameBook(
        List.of(),
        new Journal() {
          @Override
          public void owned(Entry entry) {}

          @Override
          public void freed(Username name) {}
        });
  }

  Optional<Fingerprint> owner(Username name, Instant now) {
    return alive(entries.get(name), now).map(Entry::owner);
  }

  /// Gives a name that is free, or this key's already, to the key.
  ///
  /// @return false when it is another's, or the book is full
  boolean claim(Username name, Fingerprint key, Instant now) {
    var owner = owner(name, now);
    if (owner.isPresent() && !owner.get().equals(key)) {
      return false;
    }
    if (owner.isEmpty() && entries.size() >= MAX_OWNED) {
      return false;
    }
    var entry = new Entry(name, key, now);
    put(entry);
    journal.owned(entry);
    return true;
  }

  private void put(Entry entry) {
    entries.put(entry.name(), entry);
    var names = byOwner.computeIfAbsent(entry.owner(), _ -> new LinkedHashMap<>());
    names.putLast(entry.name(), true);
    if (names.size() > MAX_NAMES) {
      free(names.firstEntry().getKey());
    }
  }

  private Optional<Entry> alive(@Nullable Entry entry, Instant now) {
    if (entry != null && !now.isBefore(entry.usedAt().plus(KEPT))) {
      free(entry.name());
      return Optional.empty();
    }
    return Optional.ofNullable(entry);
  }

  private void free(Username name) {
    var entry = entries.remove(name);
    if (entry != null) {
      var names = byOwner.get(entry.owner());
      if (names != null) {
        names.remove(name);
        if (names.isEmpty()) {
          byOwner.remove(entry.owner());
        }
      }
      journal.freed(name);
    }
  }
}
