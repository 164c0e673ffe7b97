package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Addresses whose chat has just ended, so that what was under way does not begin it anew.
final class Farewells {
  /// What is still under way after an end arrives within this time, or not at all. A peer that
  /// really comes back so soon asks for a second introduction a moment later.
  static final Duration STRAYS = Duration.ofSeconds(2);

  /// After an end of ours: a peer that got no goodbye pings at least twice within this time, and
  /// gets another.
  static final Duration REPEATED = Duration.ofSeconds(12);

  /// More than end at once; the oldest is forgotten first.
  static final int MAX_FAREWELLS = 256;

  private record Farewell(Instant since, boolean ours) {
    boolean isOver(Instant now) {
      return Times.isDue(since.plus(ours ? REPEATED : STRAYS), now);
    }
  }

  private final SequencedMap<Endpoint, Farewell> farewells = new LinkedHashMap<>();

  /// @param ours whether it was we who ended the chat
  void add(Endpoint address, boolean ours, Instant now) {
    farewells.putLast(address, new Farewell(now, ours));
    if (farewells.size() > MAX_FAREWELLS) {
      farewells.pollFirstEntry();
    }
  }

  void forget(Endpoint address) {
    farewells.remove(address);
  }

  /// Whether what comes from there still belongs to the chat that ended.
  boolean covers(Endpoint address, Instant now) {
    farewells.values().removeIf(farewell -> farewell.isOver(now));
    return farewells.containsKey(address);
  }

  /// Whether the peer there is to be told again.
  boolean isOurs(Endpoint address) {
    Farewell farewell = farewells.get(address);
    return farewell != null && farewell.ours;
  }

  /// Whether an introduction to this address is probably an old one.
  boolean justNow(Endpoint address, Instant now) {
    Farewell farewell = farewells.get(address);
    return farewell != null && now.isBefore(farewell.since.plus(STRAYS));
  }
}
