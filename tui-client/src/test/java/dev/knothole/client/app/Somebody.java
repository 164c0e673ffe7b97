package dev.knothole.client.app;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Clients for tests, told apart by their names.
public final class Somebody {
  private Somebody() {}

  /// A key that belongs to this name and to no other.
  public static Fingerprint key(String name) {
    return new Fingerprint(String.format("%064x", name.hashCode() & 0xFFFFFFFFL));
  }

  public static Client called(Username name, Hands hands, Instant now) {
    return called(name, hands, new SplittableRandom(1), now);
  }

  public static Client called(Username name, Hands hands, RandomGenerator random, Instant now) {
    var preferences = new Preferences(key(name.value()), true, true);
    return new Client(name, hands, preferences, random, now);
  }
}
