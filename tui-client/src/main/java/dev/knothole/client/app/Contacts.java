package dev.knothole.client.app;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Trust;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Whose key is pinned, and who has shown another one.
///
/// A key is pinned when its owner is met for the first time (trust on first use).
final class Contacts {
  private final Consumer<HistoryInput> disk;
  private final Map<Username, Contact> pinned = new HashMap<>();

  /// Keys that were shown in place of the pinned ones, and not trusted yet.
  private final Map<Username, Fingerprint> others = new HashMap<>();

  Contacts(Consumer<HistoryInput> disk) {
    this.disk = disk;
  }

  /// Whoever was new in an earlier run is known now.
  void recall(List<Contact> contacts) {
    for (var contact : contacts) {
      boolean isNew = contact.trust() == Trust.NEW;
      pinned.put(contact.name(), isNew ? with(contact, Trust.KNOWN) : contact);
    }
  }

  private static Contact with(Contact contact, Trust trust) {
    return new Contact(contact.name(), contact.key(), trust, contact.since(), contact.blocked());
  }

  Optional<Fingerprint> key(Username name) {
    return Optional.ofNullable(pinned.get(name)).map(Contact::key);
  }

  /// The key that was shown in place of the pinned one.
  Optional<Fingerprint> other(Username name) {
    return Optional.ofNullable(others.get(name));
  }

  boolean isKnown(Username name) {
    return pinned.containsKey(name);
  }

  boolean isBlocked(Username name) {
    return Optional.ofNullable(pinned.get(name)).filter(Contact::blocked).isPresent();
  }

  /// Somebody has proven to hold this key, or the relay says so.
  Standing judge(Username name, Fingerprint key) {
    var contact = pinned.get(name);
    if (contact == null) {
      return Standing.NEW;
    }
    if (!contact.key().equals(key)) {
      others.put(name, key);
      return Standing.CHANGED;
    }
    others.remove(name);
    return standing(contact);
  }

  private static Standing standing(Contact contact) {
    return switch (contact.trust()) {
      case NEW -> Standing.NEW;
      case KNOWN -> Standing.KNOWN;
      case VERIFIED -> Standing.VERIFIED;
    };
  }

  Optional<Standing> standing(Username name) {
    if (others.containsKey(name)) {
      return Optional.of(Standing.CHANGED);
    }
    return Optional.ofNullable(pinned.get(name)).map(Contacts::standing);
  }

  /// Pins the key of somebody who is met for the first time.
  void pin(Username name, Fingerprint key, Instant now) {
    if (!pinned.containsKey(name)) {
      keep(new Contact(name, key, Trust.NEW, now, false));
    }
  }

  /// Pins the key that was shown in place of the pinned one.
  ///
  /// @return false when there is none
  boolean trust(Username name, Instant now) {
    var other = others.remove(name);
    if (other == null) {
      return false;
    }
    keep(new Contact(name, other, Trust.KNOWN, now, isBlocked(name)));
    return true;
  }

  void verify(Username name) {
    var contact = pinned.get(name);
    if (contact != null) {
      keep(with(contact, Trust.VERIFIED));
    }
  }

  /// @param key what to know them by, if they are unknown
  void block(Username name, Fingerprint key, boolean blocked, Instant now) {
    var contact = pinned.getOrDefault(name, new Contact(name, key, Trust.NEW, now, false));
    keep(new Contact(contact.name(), contact.key(), contact.trust(), contact.since(), blocked));
  }

  private void keep(Contact contact) {
    pinned.put(contact.name(), contact);
    disk.accept(new HistoryInput.Keep(contact));
  }
}
