package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which way the packets of one private link go, and the search for a better one.
///
/// A link begins over the relay. Both ends tell each other where they might be reached, and then
/// try all of that at once: the challenges of the two links, repeated, open the routers on the way
/// (hole punching; RFC 8445, section 7, calls them connectivity checks). What answers first is
/// used; the first packets go both ways, so that none is lost if the answer was luck.
///
/// A direct way that lets an answer wait for longer than a healthy one is suspected: everything
/// goes through the relay as well while the direct way is asked to prove itself. If it does not,
/// the relay alone carries, and the search begins again after 2, 5, 15, 60 seconds, and then every
/// five minutes.
final class Ways {
  /// Packets are challenged again within this time: two routers let each other's packets in only
  /// after their own have gone out.
  static final Duration SEARCH = Duration.ofSeconds(10);

  /// What a way through a relay and two home networks takes at most, nearly always.
  static final Duration PATIENCE = Duration.ofMillis(250);

  static final Duration MARGIN = Duration.ofMillis(50);

  /// How long a suspected way may take to prove itself.
  static final Duration PROOF = Duration.ofSeconds(2);

  /// How long both ways are used after a change.
  static final Duration OVERLAP = Duration.ofMillis(500);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));

  private static final int ROUND_TRIPS = 3;

  private final Connection connection;
  private final boolean relayOnly;
  private final Jitter jitter;
  private final Set<Carriage> untried = new LinkedHashSet<>();
  private final Set<Carriage.Straight> proven = new LinkedHashSet<>();
  private List<Carriage.Straight> candidates = List.of();
  private Optional<Carriage.Through> relayed;
  private Instant searchUntil = Instant.MIN;
  private Instant searchAgain = Instant.MAX;
  private int searches;
  /// What the peer's newest words came over.
  private @Nullable Route peerUses;

  private @Nullable Instant suspected;

  /// Whether the circuit has proven to work since the direct way is suspected.
  private boolean relayProven;

  private Instant overlapUntil = Instant.MAX;

  /// @param relayed the way over which the link began
  /// @param relayOnly whether no other way is ever to be tried
  Ways(Connection connection, Carriage.Through relayed, boolean relayOnly, Jitter jitter) {
    this.connection = connection;
    this.relayed = Optional.of(relayed);
    this.relayOnly = relayOnly;
    this.jitter = jitter;
    // Also at the end that did not begin: which way to go is decided here, and not by the link.
    connection.addPath(relayed);
  }

  Way current() {
    return switch ((Carriage) connection.route()) {
      case Carriage.Through _ -> new Way.Relayed();
      case Carriage.Straight(var address) when isNear(address) -> new Way.Lan(address);
      case Carriage.Straight(var address) -> new Way.Direct(address);
    };
  }

  private boolean isDirect() {
    return connection.route() instanceof Carriage.Straight;
  }

  static boolean isNear(Endpoint address) {
    var host = address.address();
    return host.isLoopbackAddress() || host.isSiteLocalAddress() || host.isLinkLocalAddress();
  }

  /// Whether the relay has a way to the peer.
  boolean hasCircuit() {
    return relayed.isPresent();
  }

  /// Where the peer says that it might be reached.
  void candidates(List<Endpoint> addresses, Instant now) {
    if (!relayOnly) {
      var before = candidates;
      candidates = addresses.stream().distinct().map(Carriage.Straight::new).toList();
      before.stream().filter(old -> !candidates.contains(old)).forEach(this::forget);
      search(now);
    }
  }

  private void forget(Carriage.Straight way) {
    if (connection.removePath(way)) {
      proven.remove(way);
      untried.remove(way);
    }
  }

  /// Tries every way that is known, at once.
  void search(Instant now) {
    if (relayOnly) {
      return;
    }
    searchUntil = now.plus(SEARCH);
    searchAgain = Instant.MAX;
    untried.addAll(candidates);
    proven.forEach(connection::addPath);
    tryAll();
  }

  /// The network is another one: what was learned of ways counts no more.
  void startAfresh(Instant now) {
    searches = 0;
    search(now);
  }

  private void tryAll() {
    untried.removeIf(connection::addPath);
  }

  /// The relay has opened another circuit.
  void circuit(Carriage.Through circuit) {
    var before = relayed;
    relayed = Optional.of(circuit);
    connection.addPath(circuit);
    before.filter(old -> !old.equals(circuit)).ifPresent(connection::removePath);
  }

  /// The circuit carries nothing any more.
  void circuitEnded() {
    relayed.ifPresent(connection::removePath);
    relayed = Optional.empty();
  }

  void heard(LinkEvent event, Instant now) {
    switch (event) {
      case LinkEvent.PathValidated(Carriage.Straight way, _) -> proved(way, now);
      case LinkEvent.PathValidated(Carriage.Through way, _) -> opened(way, now);
      case LinkEvent.PathFailed(var route) -> failed(route, now);
      case LinkEvent.PathSeen(Carriage.Straight way) when !relayOnly -> connection.addPath(way);
      case LinkEvent.PathUsed(var route) -> peerUses(route, now);
      default -> {}
    }
  }

  private void proved(Carriage.Straight way, Instant now) {
    proven.add(way);
    if (way.equals(connection.route())) {
      trust();
    } else if (!isDirect() || suspected != null || isBetter(way)) {
      moveTo(way, now);
    }
  }

  /// Nearer, or where the peer sends from now, as after its router gave it another port.
  private boolean isBetter(Carriage.Straight way) {
    boolean isNearer = isNear(way.address()) && !(current() instanceof Way.Lan);
    return isNearer || way.equals(peerUses);
  }

  /// A circuit is taken at once only where nothing else carries.
  private void opened(Carriage.Through way, Instant now) {
    if (isDead(connection.route())) {
      moveTo(way, now);
    } else {
      relayProven |= relayed.filter(way::equals).isPresent();
    }
  }

  private boolean isDead(Route route) {
    return route instanceof Carriage.Through old && relayed.filter(old::equals).isEmpty();
  }

  private void moveTo(Carriage way, Instant now) {
    var before = connection.route();
    if (connection.use(way)) {
      trust();
      if (isDead(before)) {
        connection.removePath(before);
      } else if (connection.duplicate(before)) {
        overlapUntil = now.plus(OVERLAP);
      }
    }
    if (isDirect()) {
      searches = 0;
      searchAgain = Instant.MAX;
    }
  }

  private void trust() {
    suspected = null;
    overlapUntil = Instant.MAX;
    connection.duplicate(null);
  }

  private void failed(Route route, Instant now) {
    if (!(route instanceof Carriage.Straight way) || isDirect()) {
      return;
    }
    if (now.isBefore(searchUntil)) {
      untried.add(way);
      tryAll();
    } else if (searchAgain.equals(Instant.MAX)) {
      searchLater(now);
    }
  }

  private void searchLater(Instant now) {
    searchAgain = now.plus(jitter.around(PAUSES.get(Math.min(searches, PAUSES.size() - 1))));
    searches++;
  }

  /// The peer has found a direct way, or given one up: have a look at it from this end.
  private void peerUses(Route route, Instant now) {
    peerUses = route;
    if (route instanceof Carriage.Straight way && !way.equals(connection.route()) && !relayOnly) {
      connection.addPath(way);
    } else if (route instanceof Carriage.Through && isDirect() && suspected == null) {
      suspect(now);
    }
  }

  private void suspect(Instant now) {
    suspected = now;
    relayProven = false;
    connection.addPath(connection.route());
    relayed.ifPresent(
        way -> {
          connection.duplicate(way);
          connection.addPath(way);
        });
  }

  void tick(Instant now) {
    if (Times.isDue(overlapUntil, now)) {
      overlapUntil = Instant.MAX;
      connection.duplicate(null);
    }
    if (isDirect() && suspected == null && Times.isDue(suspectAt(), now)) {
      suspect(now);
    }
    if (isDirect() && suspected != null && Times.isDue(suspected.plus(PROOF), now)) {
      giveUpDirect(now);
    }
    if (Times.isDue(searchAgain, now)) {
      search(now);
    }
  }

  /// Without a circuit that works there is nothing better than to stay: perhaps the peer is only
  /// slow.
  private void giveUpDirect(Instant now) {
    if (relayProven && relayed.isPresent() && connection.use(relayed.get())) {
      trust();
      searchLater(now);
    } else {
      suspect(now);
    }
  }

  /// Since when the peer owes an answer, over whatever way.
  Optional<Instant> unansweredSince() {
    var since = connection.unansweredSince();
    return since.isPresent() ? Optional.of(Lines.instant(since.getAsLong())) : Optional.empty();
  }

  boolean isSuspected() {
    return suspected != null;
  }

  private Instant suspectAt() {
    return unansweredSince().map(since -> since.plus(patience())).orElse(Instant.MAX);
  }

  private Duration patience() {
    var healthy = Duration.ofNanos(connection.roundTrip()).multipliedBy(ROUND_TRIPS).plus(MARGIN);
    return healthy.compareTo(PATIENCE) > 0 ? healthy : PATIENCE;
  }

  Instant wakeAt() {
    var wake = Times.earlier(overlapUntil, searchAgain);
    if (!isDirect()) {
      return wake;
    }
    return Times.earlier(wake, suspected == null ? suspectAt() : suspected.plus(PROOF));
  }
}
