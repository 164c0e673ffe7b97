package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is here, by name and by address: at most one of each. Every operation takes the same few
/// steps however many there are.
///
/// The addresses are kept in the order in which they were last heard, so the longest idle is always
/// the first. Whoever expired is never found, even while waiting to be dropped.
final class Directory {
  /// More than one per datagram, or the expired would pile up while others register.
  private static final int MAX_DROPS_PER_DATAGRAM = 2;

  private static final boolean BY_ACCESS = true;

  private final Map<Username, Registration> byName = new HashMap<>();
  private final LinkedHashMap<Endpoint, Registration> byAddress =
      new LinkedHashMap<>(16, 0.75f, BY_ACCESS);
  private final int capacity;
  private final long expiryMillis;

  Directory(Rendezvous.Limits limits) {
    this.capacity = limits.capacity();
    this.expiryMillis = limits.expiry().toMillis();
  }

  int size() {
    return byAddress.size();
  }

  /// Who speaks from this address; hearing keeps the registration alive.
  Optional<Registration> hear(Endpoint address, int door, long now) {
    var speaker = alive(byAddress.get(address), now);
    speaker.ifPresent(registration -> note(registration, door, now));
    return speaker;
  }

  private static void note(Registration registration, int door, long now) {
    registration.door = door;
    registration.heardAt = now;
  }

  /// Who is registered from this address, without counting as heard.
  Optional<Registration> at(Endpoint address, long now) {
    return alive(byAddress.get(address), now);
  }

  void forget(Username name) {
    forgetIfAny(byName.get(name));
  }

  Optional<Registration> named(Username name, long now) {
    return alive(byName.get(name), now);
  }

  /// The other side of the session, if there is one.
  Optional<Registration> peerOf(Registration registration, long now) {
    return alive(registration.peer(), now);
  }

  private Optional<Registration> alive(@Nullable Registration found, long now) {
    if (found != null && isExpired(found, now)) {
      forget(found);
      return Optional.empty();
    }
    return Optional.ofNullable(found);
  }

  private boolean isExpired(Registration registration, long now) {
    return now - registration.heardAt >= expiryMillis;
  }

  /// Gives the name to the address. Whoever had the name loses it, the address loses its earlier
  /// name, and the sessions of both end.
  void register(Username name, Endpoint address, int door, long now) {
    var registration = byAddress.get(address);
    if (registration != null && registration.name.equals(name)) {
      registration.part();
      note(registration, door, now);
      return;
    }
    forgetIfAny(registration);
    forgetIfAny(byName.get(name));
    if (size() >= capacity) {
      forget(longestIdle());
    }
    var newcomer = new Registration(name, address);
    note(newcomer, door, now);
    byName.put(name, newcomer);
    byAddress.put(address, newcomer);
  }

  /// Drops some of the expired, never all at once: no datagram has to wait for a million of them.
  void dropExpired(long now) {
    for (int i = 0; i < MAX_DROPS_PER_DATAGRAM && size() > 0; i++) {
      var oldest = longestIdle();
      if (!isExpired(oldest, now)) {
        return;
      }
      forget(oldest);
    }
  }

  private Registration longestIdle() {
    return byAddress.firstEntry().getValue();
  }

  private void forgetIfAny(@Nullable Registration registration) {
    if (registration != null) {
      forget(registration);
    }
  }

  private void forget(Registration registration) {
    registration.part();
    byName.remove(registration.name);
    byAddress.remove(registration.address);
  }
}
