package dev.knothole.protocol.link;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.handshake.HandshakeEngine;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.PacketType;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All links of one socket, begun here or by others. Tells packets apart by connection id, so it
/// does not matter which way they come, and has one queue and one clock for all.
///
/// Its owner hands in what was received, calls [#tick] at [#wakeAt], and after each of these and
/// after each call of a [Connection] takes [#transmit] until it gives nothing more and
/// [#nextWithEvents] until there is none. A connection that somebody else began shows itself by its
/// first event, [LinkEvent.Connected].
public final class Links {
  /// Handshakes of others at once; each takes some 60 KB until it is over, one that failed until it
  /// is forgotten. Further strangers are not answered, and come again by themselves.
  static final int MAX_HANDSHAKES = 256;

  private final Identity identity;
  private final PeerCheck welcome;
  private final LinkOptions options;
  private final SecureRandom random;
  private final Shared shared;
  private final Doorkeeper doorkeeper;
  private final IncomingPacket incoming = new IncomingPacket();
  private final Map<Long, Connection> connections = new HashMap<>();

  /// Those that others began, by the id that their first packets go to: a copy of one that comes
  /// later begins nothing.
  private final Map<Long, Connection> begun = new HashMap<>();

  private final Set<Connection> handshakes = new HashSet<>();
  private final ArrayDeque<Connection> toSend = new ArrayDeque<>();
  private final ArrayDeque<Connection> toTell = new ArrayDeque<>();
  private final Timers timers = new Timers();
  private @Nullable Connection latest;
  private long dropped;

  /// @param welcome who may begin a link to us
  /// @param random of cryptographic quality
  public Links(
      Identity identity,
      PeerCheck welcome,
      LinkOptions options,
      BufferBudget budget,
      SecureRandom random) {
    this.identity = identity;
    this.welcome = welcome;
    this.options = options;
    this.random = random;
    shared = new Shared(options, budget, random, this::touched);
    doorkeeper = new Doorkeeper(random);
  }

  /// Begins a link; [LinkEvent.Connected] or [LinkEvent.Closed] follows.
  ///
  /// @param check who the other end has to be
  /// @throws IllegalStateException if there are as many connections as the options allow
  public Connection connect(Route route, PeerCheck check, long now) {
    if (isFull()) {
      throw new IllegalStateException("there are " + connections.size() + " connections already");
    }
    var engine = HandshakeEngine.client(identity, check, random);
    return add(Connection.client(newId(), random.nextLong(), engine, route, shared, now));
  }

  private long newId() {
    long id = random.nextLong();
    while (connections.containsKey(id)) {
      id = random.nextLong();
    }
    return id;
  }

  Shared shared() {
    return shared;
  }

  Connection add(Connection connection) {
    connections.put(connection.id(), connection);
    touched(connection);
    return connection;
  }

  /// Whether there are as many as the options allow.
  public boolean isFull() {
    return connections.size() >= options.maxConnections();
  }

  /// How many there are, those included that are about to end.
  public int size() {
    return connections.size();
  }

  /// How many packets were for nobody, or were none.
  public long dropped() {
    return dropped;
  }

  /// Takes what was received: a datagram, or several of one sender, one behind the other. The bytes
  /// are worked on in place.
  public void received(byte[] bytes, int offset, int length, Route from, long now) {
    incoming.datagram(bytes, offset, length);
    try {
      while (incoming.next()) {
        dispatch(from, now);
      }
    } catch (MalformedMessage notOurs) {
      dropped++;
    }
  }

  private void dispatch(Route from, long now) {
    var connection = find(incoming);
    if (connection != null) {
      connection.received(incoming, from, now);
      touched(connection);
    } else if (incoming.type() == PacketType.INITIAL && Doorkeeper.mayAnswer(incoming)) {
      meet(from, now);
    } else {
      dropped++;
    }
  }

  private @Nullable Connection find(IncomingPacket packet) {
    long id = packet.destination();
    if (latest != null && latest.id() == id) {
      return latest;
    }
    var found = connections.get(id);
    if (found == null && packet.type() == PacketType.INITIAL) {
      return begun.get(id);
    }
    latest = found == null ? latest : found;
    return found;
  }

  private void meet(Route from, long now) {
    boolean known = doorkeeper.knows(incoming, from, now);
    if (incoming.version() != Layout.VERSION) {
      doorkeeper.refuse(incoming, from, CloseReason.CODE_VERSION, "another version is spoken here");
    } else if (isFull()) {
      doorkeeper.refuse(incoming, from, CloseReason.CODE_REFUSED, "too many are connected");
    } else if (handshakes.size() >= options.retryAbove() && !known) {
      doorkeeper.askToRetry(incoming, from, now);
    } else if (handshakes.size() < MAX_HANDSHAKES) {
      begin(from, known, now);
    } else {
      dropped++;
    }
  }

  private void begin(Route from, boolean known, long now) {
    long originalId = incoming.destination();
    var engine = HandshakeEngine.server(identity, welcome, random);
    var connection =
        Connection.server(newId(), originalId, incoming.source(), known, engine, from, shared, now);
    connection.originalId = originalId;
    connection.received(incoming, from, now);
    if (connection.rejected() > 0) {
      // Damaged on the way: a connection for it would answer a source that nobody is.
      dropped++;
      return;
    }
    begun.put(originalId, connection);
    handshakes.add(connection);
    add(connection);
  }

  /// A connection may have something to send or to tell, or another time to be woken at.
  private void touched(Connection connection) {
    if (!connection.mayHaveToSend) {
      connection.mayHaveToSend = true;
      toSend.addLast(connection);
    }
    if (!connection.mayHaveToTell) {
      connection.mayHaveToTell = true;
      toTell.addLast(connection);
    }
  }

  /// Fills in the next datagrams to send; connections take turns.
  ///
  /// @return false when there is nothing to send now
  public boolean transmit(Transmission out, long now) {
    if (doorkeeper.transmit(out)) {
      return true;
    }
    for (var next = toSend.pollFirst(); next != null; next = toSend.pollFirst()) {
      if (next.transmit(out, now)) {
        toSend.addLast(next);
        return true;
      }
      next.mayHaveToSend = false;
      settle(next);
    }
    return false;
  }

  private void settle(Connection connection) {
    // One that failed counts until it is forgotten, or to fail fast would get around the limit.
    if (connection.isConnected() || connection.isOver()) {
      handshakes.remove(connection);
    }
    if (connection.isOver()) {
      connections.remove(connection.id(), connection);
      begun.remove(connection.originalId, connection);
      timers.forget(connection);
      latest = null;
      connection.release();
    } else {
      timers.set(connection, connection.wakeAt());
    }
  }

  /// Whether [#transmit] is to be called.
  public boolean hasToSend() {
    return !toSend.isEmpty();
  }

  /// The next connection that may have events, or null. All of its events are to be taken.
  public @Nullable Connection nextWithEvents() {
    var next = toTell.pollFirst();
    if (next != null) {
      next.mayHaveToTell = false;
    }
    return next;
  }

  /// Wakes the connections whose time has come.
  public void tick(long now) {
    for (var due = timers.takeDue(now); due != null; due = timers.takeDue(now)) {
      due.tick(now);
      touched(due);
    }
  }

  /// When [#tick] has to be called, or [Long#MAX_VALUE].
  public long wakeAt() {
    return timers.next();
  }
}
