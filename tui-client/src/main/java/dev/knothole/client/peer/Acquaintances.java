package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Who was introduced at which address lately: a peer that comes back from there without another
/// introduction is no stranger.
final class Acquaintances {
  /// A NAT may give the port to somebody else after that.
  static final Duration REMEMBERED = Duration.ofMinutes(5);

  /// The oldest is forgotten first.
  static final int MAX_ACQUAINTANCES = 256;

  private record Acquaintance(PeerId peer, Instant since) {}

  private final SequencedMap<Endpoint, Acquaintance> acquaintances = new LinkedHashMap<>();

  void add(Endpoint address, PeerId peer, Instant now) {
    acquaintances.putLast(address, new Acquaintance(peer, now));
    if (acquaintances.size() > MAX_ACQUAINTANCES) {
      acquaintances.pollFirstEntry();
    }
  }

  Optional<PeerId> at(Endpoint address, Instant now) {
    return Optional.ofNullable(acquaintances.get(address))
        .filter(acquaintance -> now.isBefore(acquaintance.since.plus(REMEMBERED)))
        .map(Acquaintance::peer);
  }
}
