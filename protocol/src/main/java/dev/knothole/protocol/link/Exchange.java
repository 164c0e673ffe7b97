package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.HandshakeState;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.PacketType;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The packets of a connection, in both directions: first those of the handshake alone, then Data
/// packets beside them, then Data packets alone.
final class Exchange {
  private static final long NEVER = Long.MAX_VALUE;

  private final Role role;
  private final Shared shared;
  private final Steering steering;
  private final Lifetime lifetime;
  private final Streams streams;
  private final DataContent content;
  private final Deque<LinkEvent> events;
  private @Nullable HandshakeSpace handshake;
  private @Nullable DataSpace data;
  private @Nullable DataFrames frames;
  private @Nullable Fingerprint peer;
  private long rejected;

  Exchange(
      Role role,
      Shared shared,
      Steering steering,
      Lifetime lifetime,
      Streams streams,
      DataContent content,
      Deque<LinkEvent> events) {
    this.role = role;
    this.shared = shared;
    this.steering = steering;
    this.lifetime = lifetime;
    this.streams = streams;
    this.content = content;
    this.events = events;
  }

  void begin(HandshakeSpace first) {
    handshake = first;
  }

  /// The peer is authenticated, and there are keys for application bytes.
  void open(LinkSecret secret, long peerId, long now) {
    var space = new DataSpace(secret.keys(role, now), peerId, content, steering.sending());
    data = space;
    frames = new DataFrames(streams, space, events);
  }

  /// The peer has authenticated this end too.
  void confirm() {
    if (handshake != null) {
      handshake.abandon();
      handshake = null;
    }
    steering.current().prove();
    lifetime.connected();
    if (peer != null) {
      events.addLast(new LinkEvent.Connected(peer));
    }
  }

  Role role() {
    return role;
  }

  Optional<Fingerprint> peer() {
    return Optional.ofNullable(peer);
  }

  Optional<DataKeys> keys() {
    return Optional.ofNullable(data).map(DataSpace::keys);
  }

  /// How many packets did not open.
  long rejected() {
    return rejected;
  }

  /// Takes a packet.
  ///
  /// @return why the connection is over, or null
  @Nullable CloseReason received(IncomingPacket packet, Route route, long now) {
    return packet.type() == PacketType.DATA
        ? receivedData(packet, route, now)
        : receivedHandshake(packet, route, now);
  }

  private @Nullable CloseReason receivedHandshake(IncomingPacket packet, Route route, long now) {
    var path = steering.find(route);
    var space = handshake;
    if (space == null || path == null) {
      return null;
    }
    path.received(packet.length());
    if (space.open(packet) != Opened.OPENED) {
      rejected++;
      return null;
    }
    var reason = space.received(packet, path, shared.reader(), now);
    if (reason == null
        && data == null
        && space.state() instanceof HandshakeState.Established(var secret, var fingerprint)) {
      peer = fingerprint;
      open(secret, space.peerId(), now);
      if (role == Role.SERVER) {
        content.oweHandshakeDone();
        confirm();
      }
    }
    return reason;
  }

  private @Nullable CloseReason receivedData(IncomingPacket packet, Route route, long now) {
    var space = data;
    var visitor = frames;
    if (space == null || visitor == null) {
      return null;
    }
    if (space.open(packet, now) != Opened.OPENED) {
      rejected++;
      return null;
    }
    lifetime.heard(now);
    var path = met(packet, route);
    var reason = visitor.read(packet, path, shared.reader(), now);
    if (reason != null) {
      return reason;
    }
    if (path != null && !visitor.wasProbe() && steering.used(path, packet.number(), now)) {
      events.addLast(new LinkEvent.PathUsed(path.route()));
    }
    streams.roundTrip(steering.sending().smoothedRtt());
    if (!lifetime.isConnected() && visitor.isHandshakeDone()) {
      confirm();
    }
    follow(visitor.takeAnswered(), now);
    return null;
  }

  private @Nullable Path met(IncomingPacket packet, Route route) {
    boolean isNew = steering.find(route) == null;
    var path = steering.met(route, packet.length());
    if (isNew && path != null) {
      events.addLast(new LinkEvent.PathSeen(route));
    }
    return path;
  }

  private void follow(@Nullable Path answered, long now) {
    if (answered != null && steering.isRebound(answered)) {
      var before = steering.route();
      if (use(answered.route(), now)) {
        events.addLast(new LinkEvent.PathRebound(before, answered.route()));
      }
    }
  }

  /// Whether the peer has raised the number of streams since the last time that this was asked.
  boolean takeNewLimits() {
    return frames != null && frames.takeNewLimits();
  }

  /// The next datagram for the application, or null.
  byte @Nullable [] takeDatagram() {
    return frames == null ? null : frames.takeDatagram();
  }

  /// Sends over this path from now on.
  ///
  /// @return false when it is not usable, or the handshake is not over
  boolean use(Route route, long now) {
    if (data == null || handshake != null || !steering.isUsable(route)) {
      return false;
    }
    if (!route.equals(steering.route())) {
      data.switchTo(steering.turnTo(route, now));
    }
    return true;
  }

  /// Fills in the next datagrams.
  ///
  /// @return false when there is nothing to send now
  boolean transmit(Transmission out, long now) {
    return transmitProbe(out, now) || transmitHandshake(out, now) || transmitData(out, now);
  }

  private boolean transmitProbe(Transmission out, long now) {
    var path = data == null ? null : steering.nextProbe(now);
    if (data == null || path == null) {
      return false;
    }
    data.probePath(out, path, now);
    return true;
  }

  private boolean transmitHandshake(Transmission out, long now) {
    return handshake != null
        && handshake.transmit(out, steering.current(), steering.sending(), now);
  }

  private boolean transmitData(Transmission out, long now) {
    return data != null && data.transmit(out, steering.current(), steering.duplicate(), now);
  }

  /// Tells the peer that it is over, as well as there are keys for it.
  ///
  /// @return whether there is something to send
  boolean tellEnd(Transmission out, CloseReason reason) {
    if (isExhausted()) {
      return false;
    }
    if (data != null) {
      data.close(out, steering.current(), reason.frame());
    } else if (handshake != null) {
      handshake.close(out, steering.current(), reason.frame());
    }
    return !out.isEmpty();
  }

  /// Whether nothing more may be sealed.
  boolean isExhausted() {
    return data != null && data.isExhausted();
  }

  /// Whether the fate of everything sent is known.
  boolean isQuiet() {
    return data != null && data.isQuiet();
  }

  void tick(long now) {
    if (handshake != null) {
      handshake.tick(now);
    }
    if (data != null) {
      data.tick(now);
      restIfDue(data, now);
    }
  }

  private void restIfDue(DataSpace space, long now) {
    if (now >= restAt(space)) {
      lifetime.resting();
      space.rest();
    }
  }

  private long restAt(DataSpace space) {
    return space.mayRest() ? lifetime.restAt() : NEVER;
  }

  long wakeAt() {
    long ofHandshake = handshake == null ? NEVER : handshake.wakeAt(steering.current());
    return Math.min(ofHandshake, data == null ? NEVER : wakeAt(data));
  }

  /// Paths are tried with Data packets, so there is nothing to wake for before there are any.
  private long wakeAt(DataSpace space) {
    return Math.min(space.wakeAt(), Math.min(steering.wakeAt(), restAt(space)));
  }
}
