package dev.knothole.client.peer;

import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.Links;
import dev.knothole.protocol.link.Route;
import dev.knothole.protocol.link.Transmission;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.talk.Circuit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// All our links, to the relay and to peers: hands them what came, and to the world what they want
/// sent, and tells whoever a link belongs to what it says.
final class Lines {
  /// A link to an idle peer says nothing for days; when one is over is decided by its owner.
  private static final LinkOptions OPTIONS =
      LinkOptions.DEFAULT.withIdleTimeout(Duration.ZERO).withMaxConnections(600);

  /// No larger datagram is tried on a path through routers.
  private static final int DATAGRAM = 1500;

  private static final long NANOS = 1_000_000_000;

  /// Whom a link belongs to.
  interface Owner {
    void heard(Connection connection, LinkEvent event, Instant now);
  }

  private final Links links;
  private final Owner newcomers;
  private final Outbox outbox;
  private final Transmission out = new Transmission(DATAGRAM, 1);
  private final Map<Connection, Owner> owners = new HashMap<>();

  /// @param welcome whose links we take
  /// @param newcomers where links that others begin come to, until [#own] says otherwise
  Lines(Identity identity, PeerCheck welcome, Owner newcomers, Outbox outbox, SecureRandom random) {
    this.newcomers = newcomers;
    this.outbox = outbox;
    links = new Links(identity, welcome, OPTIONS, new BufferBudget(), random);
  }

  Connection connect(Carriage carriage, PeerCheck check, Owner owner, Instant now) {
    var connection = links.connect(carriage, check, nanos(now));
    owners.put(connection, owner);
    return connection;
  }

  void own(Connection connection, Owner owner) {
    owners.put(connection, owner);
  }

  /// Ends a link whose owner has no more interest in it.
  void close(Connection connection, long code, String text) {
    owners.put(connection, (_, _, _) -> {});
    connection.close(code, text);
  }

  void received(byte[] bytes, int offset, Carriage from, Instant now) {
    links.received(bytes, offset, bytes.length - offset, from, nanos(now));
  }

  long dropped() {
    return links.dropped();
  }

  /// Lets time pass.
  void tick(Instant now) {
    links.tick(nanos(now));
  }

  /// Tells what the links have to tell, and sends what they have to send, until there is nothing
  /// left of either.
  void flush(Instant now) {
    boolean busy = true;
    while (busy) {
      busy = tell(now);
      busy |= send(nanos(now));
    }
  }

  private boolean tell(Instant now) {
    boolean told = false;
    for (var next = links.nextWithEvents(); next != null; next = links.nextWithEvents()) {
      for (var event = next.nextEvent(); event != null; event = next.nextEvent()) {
        told = true;
        owners.getOrDefault(next, newcomers).heard(next, event, now);
        if (event instanceof LinkEvent.Closed) {
          owners.remove(next);
        }
      }
    }
    return told;
  }

  private boolean send(long now) {
    boolean sent = false;
    while (links.transmit(out, now)) {
      sent = true;
      send(out.route());
      var also = out.duplicate();
      if (also != null) {
        send(also);
      }
    }
    return sent;
  }

  private void send(Route route) {
    switch ((Carriage) route) {
      case Carriage.Straight(var address) ->
          outbox.add(new PeerOutput.Transmit(address, Arrays.copyOf(out.bytes(), out.length())));
      case Carriage.Through(var relay, Circuit circuit) ->
          outbox.add(
              new PeerOutput.Transmit(relay, circuit.datagram(out.bytes(), 0, out.length())));
    }
  }

  Instant wakeAt() {
    return instant(links.wakeAt());
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }

  static Instant instant(long nanos) {
    return nanos == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochSecond(0, nanos);
  }
}
