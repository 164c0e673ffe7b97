package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.HandshakeEngine;
import dev.knothole.protocol.link.handshake.HandshakeState;
import dev.knothole.protocol.link.stream.DatagramQueue;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.StreamLimits;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.PacketType;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One end of a link: secure, reliable, with many streams, over datagrams that may be lost,
/// doubled, late, forged, and come by several paths.
///
/// It has no socket, thread or clock. Its owner hands in packets, calls of the application and the
/// time, and after each of them takes what came of it: [#transmit] until it gives nothing more,
/// [#nextEvent] until there is none, and [#wakeAt], when [#tick] has to be called at the latest.
/// Nothing that a peer sends makes any method throw.
///
/// The application may open streams and write at once: nothing leaves before the peer is
/// authenticated. Time is nanoseconds of any clock; should it go back, it is held.
public final class Connection {
  private static final long NEVER = Long.MAX_VALUE;

  /// Memory that other connections free lets writers go on; nobody tells, so they ask.
  private static final long WRITER_POLL_NANOS = 10_000_000;

  /// So long after the last packet a connection is taken for idle, and what only traffic needs is
  /// given back: half of its memory, and all that a burst has taken.
  private static final long REST_AFTER_NANOS = 1_000_000_000;

  /// The longest content of a frame whose length takes two bytes.
  private static final int LONGEST_CONTENT = 16_383;

  private final Role role;
  private final long id;
  private final Shared shared;
  private final Paths paths;
  private final Streams streams;
  private final DatagramQueue datagrams;
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>(2);
  private final DataContent content;
  private PathState sending;
  private @Nullable HandshakeSpace handshake;
  private @Nullable DataSpace data;
  private @Nullable DataFrames frames;
  private @Nullable Fingerprint peer;
  private @Nullable Ending ending;
  private @Nullable CloseReason afterFlush;
  private boolean connected;
  private boolean wantsStreams;
  private final long handshakeUntil;
  private long activeAt;
  private boolean sentSinceHeard;
  private boolean resting;
  private long lastPacketAt;
  private long rejected;
  private long now;

  /// The books that [Links] keeps of it.
  boolean mayHaveToSend;

  boolean mayHaveToTell;
  long timerAt = NEVER;
  long originalId;

  private Connection(Role role, long id, Path first, Shared shared, long now) {
    this.role = role;
    this.id = id;
    this.shared = shared;
    this.now = now;
    paths = new Paths(first, shared.random());
    sending = pathState(first);
    streams =
        new Streams(
            role == Role.CLIENT
                ? dev.knothole.protocol.link.stream.Role.CLIENT
                : dev.knothole.protocol.link.stream.Role.SERVER,
            StreamLimits.DEFAULT,
            shared.budget(),
            (stream, offset) -> FrameWriter.streamHeaderSize(stream, offset, LONGEST_CONTENT),
            now);
    // Both ends grant the same, by the version; what waits goes when there are keys.
    streams.start(StreamLimits.DEFAULT);
    datagrams = new DatagramQueue(shared.budget());
    content = new DataContent(streams, datagrams, events);
    activeAt = now;
    handshakeUntil = now + shared.options().handshakeTimeout().toNanos();
  }

  private PathState pathState(Path path) {
    return new PathState(shared.options().congestion(), path.route(), shared.random(), now);
  }

  /// The end that begins.
  ///
  /// @param id where the peer's packets shall go
  /// @param peerId where the first packets go
  static Connection client(
      long id, long peerId, HandshakeEngine engine, Route route, Shared shared, long now) {
    var made = new Connection(Role.CLIENT, id, new Path(route, true), shared, now);
    made.handshake = new HandshakeSpace(Role.CLIENT, engine, id, peerId, peerId, made.sending, now);
    return made;
  }

  /// The end that answers.
  ///
  /// @param originalId the destination of the client's first packet
  /// @param proven whether a token has shown that the client is reached at this route
  static Connection server(
      long id,
      long originalId,
      long peerId,
      boolean proven,
      HandshakeEngine engine,
      Route route,
      Shared shared,
      long now) {
    var first = new Path(route, false);
    if (proven) {
      first.prove();
    }
    var made = new Connection(Role.SERVER, id, first, shared, now);
    made.handshake =
        new HandshakeSpace(Role.SERVER, engine, id, originalId, peerId, made.sending, now);
    return made;
  }

  /// An end whose handshake took place elsewhere.
  static Connection established(
      Role role, long id, long peerId, LinkSecret secret, Route route, Shared shared, long now) {
    var made = new Connection(role, id, new Path(route, role == Role.CLIENT), shared, now);
    made.open(secret, peerId);
    made.confirm();
    return made;
  }

  /// The connection id that the peer's packets go to.
  public long id() {
    return id;
  }

  boolean isConnected() {
    return connected;
  }

  /// The keys of application bytes, once there are any.
  Optional<DataKeys> keys() {
    return Optional.ofNullable(data).map(DataSpace::keys);
  }

  /// What is known of the current path.
  PathState sending() {
    return sending;
  }

  public Role role() {
    return role;
  }

  /// Who the other end has proven to be.
  public Optional<Fingerprint> peer() {
    return Optional.ofNullable(peer);
  }

  private void touched() {
    shared.touched().accept(this);
  }

  // The application: streams and datagrams

  /// A new stream, or none while the peer allows no more; [LinkEvent.RoomForStreams] follows then.
  public OptionalLong open(Priority priority) {
    if (ending != null) {
      return OptionalLong.empty();
    }
    var stream = streams.open(priority, now);
    wantsStreams |= stream.isEmpty();
    touched();
    return stream;
  }

  /// Streams that the peer opened are [Priority#NORMAL] until said otherwise.
  public void prioritise(long stream, Priority priority) {
    streams.prioritise(stream, priority);
  }

  /// Takes as much as there is memory for; after less than all, an event tells when to go on.
  ///
  /// @return how many bytes were taken, or [Streams#GONE]
  public int write(long stream, byte[] from, int at, int length) {
    touched();
    return ending == null ? streams.write(stream, from, at, length) : Streams.GONE;
  }

  /// Nothing will be written after what was.
  public void finish(long stream) {
    streams.finish(stream);
    touched();
  }

  /// Gives up sending; what has not arrived is dropped.
  public void reset(long stream, long code) {
    streams.reset(stream, code);
    touched();
  }

  /// Reads what has come. After the peer has closed the connection, what came before it can be read
  /// until [#isOver].
  ///
  /// @return how many bytes were read, 0 when there are none now, [Streams#END] or [Streams#GONE]
  public int read(long stream, byte[] to, int at, int length) {
    touched();
    return streams.read(stream, to, at, length, now);
  }

  /// Reads no more, and asks the peer to stop.
  public void stop(long stream, long code) {
    streams.stop(stream, code, now);
    touched();
  }

  /// Sends bytes that may be lost, and are not sent again.
  ///
  /// @return false when they are more than [#maxDatagram], or there is no memory
  public boolean sendDatagram(byte[] from, int at, int length) {
    touched();
    return ending == null && length <= maxDatagram() && datagrams.offer(from, at, length);
  }

  /// The largest datagram that the current path is known to carry.
  public int maxDatagram() {
    return Math.min(DatagramQueue.maxLength(), DataSpace.datagramRoom(sending.mtu().current()));
  }

  /// Asks the peer for a sign of life; [LinkEvent.Pong] tells how long it took.
  public void ping() {
    content.owePing();
    touched();
  }

  // The application: paths

  /// The route that packets are sent to.
  public Route route() {
    return paths.current().route();
  }

  /// The smoothed round trip of the current path in nanoseconds, a guess before the first one.
  public long roundTrip() {
    return sending.smoothedRtt();
  }

  /// Tries a path; [LinkEvent.PathValidated] or [LinkEvent.PathFailed] follows. May be called again
  /// for a known path, to see whether it still works.
  ///
  /// @return false when there are [Paths#MAX_PATHS] already
  public boolean addPath(Route route) {
    touched();
    return paths.offer(route, now);
  }

  /// Forgets a path.
  ///
  /// @return false for the current one, which stays, and for an unknown one
  public boolean removePath(Route route) {
    return paths.remove(route);
  }

  /// Sends over this path from now on, with a fresh start of all that depends on the path.
  ///
  /// @return false when the path is not validated, or the handshake is not over
  public boolean use(Route route) {
    var space = data;
    if (space == null || handshake != null || !paths.isUsable(route)) {
      return false;
    }
    if (!route.equals(route())) {
      paths.use(route);
      sending = pathState(paths.current());
      space.switchTo(sending);
      touched();
    }
    return true;
  }

  /// Sends everything over a second path as well, for the moment in which it is not clear which one
  /// carries; the peer takes each packet once.
  ///
  /// @param route a validated path, or null for an end of it
  /// @return false when the path is not validated
  public boolean duplicate(@Nullable Route route) {
    if (route != null && !paths.isUsable(route)) {
      return false;
    }
    paths.duplicateTo(route);
    return true;
  }

  // The application: the end

  /// Ends the connection at once; what has not arrived is lost.
  ///
  /// @param code from [CloseReason#CODE_APPLICATION] on for reasons of the application's own
  public void close(long code, String text) {
    end(CloseReason.us(code, text), true);
    touched();
  }

  /// Ends the connection when everything written has arrived. Streams that are not finished are cut
  /// where they are then.
  public void closeWhenFlushed(long code, String text) {
    afterFlush = CloseReason.us(code, text);
    touched();
  }

  // The owner of the socket

  /// Takes a packet whose destination is this connection.
  public void received(IncomingPacket packet, Route route, long time) {
    advance(time);
    if (ending != null) {
      ending.received();
    } else if (packet.type() == PacketType.DATA) {
      receivedData(packet, route);
    } else {
      receivedHandshake(packet, route);
    }
  }

  private void advance(long time) {
    now = Math.max(now, time);
  }

  private void receivedHandshake(IncomingPacket packet, Route route) {
    var path = paths.find(route);
    var space = handshake;
    if (space == null || path == null) {
      return;
    }
    path.received(packet.length());
    if (space.open(packet) != Opened.OPENED) {
      rejected++;
      return;
    }
    var reason = space.received(packet, path, shared.reader(), now);
    if (reason != null) {
      end(reason, reason.by() == CloseReason.By.US);
    } else if (data == null
        && space.state() instanceof HandshakeState.Established(var secret, var fingerprint)) {
      peer = fingerprint;
      open(secret, space.peerId());
      if (role == Role.SERVER) {
        content.oweHandshakeDone();
        confirm();
      }
    }
  }

  /// The peer is authenticated, and there are keys for application bytes.
  private void open(LinkSecret secret, long peerId) {
    var space = new DataSpace(secret.keys(role, now), peerId, content, sending);
    data = space;
    frames = new DataFrames(streams, space, events);
  }

  /// The peer has authenticated this end too.
  private void confirm() {
    if (handshake != null) {
      handshake.abandon();
      handshake = null;
    }
    paths.current().prove();
    connected = true;
    if (peer != null) {
      events.addLast(new LinkEvent.Connected(peer));
    }
  }

  private void receivedData(IncomingPacket packet, Route route) {
    var space = data;
    var visitor = frames;
    if (space == null || visitor == null) {
      return;
    }
    if (space.open(packet, now) != Opened.OPENED) {
      rejected++;
      return;
    }
    activeAt = now;
    sentSinceHeard = false;
    notePacket();
    var path = paths.met(route);
    if (path != null) {
      path.received(packet.length());
    }
    var reason = visitor.read(packet, path, shared.reader(), now);
    if (reason != null) {
      end(reason, reason.by() == CloseReason.By.US);
      return;
    }
    if (path != null && !visitor.wasProbe()) {
      paths.used(path, packet.number(), now);
    }
    streams.roundTrip(sending.smoothedRtt());
    if (!connected && visitor.isHandshakeDone()) {
      confirm();
    }
    follow(visitor.takeAnswered());
    if (wantsStreams && visitor.takeNewLimits()) {
      wantsStreams = false;
      events.addLast(new LinkEvent.RoomForStreams());
    }
  }

  private void follow(@Nullable Path answered) {
    if (answered != null && paths.isRebound(answered)) {
      var before = route();
      if (use(answered.route())) {
        events.addLast(new LinkEvent.PathRebound(before, answered.route()));
      }
    }
  }

  private void end(CloseReason reason, boolean telling) {
    if (ending != null) {
      return;
    }
    ending = new Ending(reason, telling, now);
    if (reason.by() != CloseReason.By.PEER) {
      streams.close();
    }
    datagrams.close();
  }

  /// Fills in the next datagrams to send.
  ///
  /// @return false when there is nothing to send now
  public boolean transmit(Transmission out, long time) {
    advance(time);
    if (afterFlush != null && connected && isFlushed()) {
      end(afterFlush, true);
    }
    if (ending != null) {
      return ending.takeDue() && tellEnd(out, ending.reason());
    }
    if (data != null && data.isExhausted()) {
      end(CloseReason.us(CloseReason.CODE_EXHAUSTED, "the keys are used up"), false);
      return false;
    }
    boolean sent = transmitProbe(out) || transmitHandshake(out) || transmitData(out);
    if (sent && !sentSinceHeard) {
      activeAt = now;
      sentSinceHeard = true;
    }
    if (sent) {
      notePacket();
    }
    return sent;
  }

  private void notePacket() {
    lastPacketAt = now;
    resting = false;
  }

  private boolean isFlushed() {
    return data != null
        && data.isQuiet()
        && datagrams.isEmpty()
        && !content.hasWork()
        && streams.isFlushed();
  }

  private boolean transmitProbe(Transmission out) {
    var path = data == null ? null : paths.nextProbe(now);
    if (data == null || path == null) {
      return false;
    }
    data.probePath(out, path, now);
    return true;
  }

  private boolean transmitHandshake(Transmission out) {
    return handshake != null && handshake.transmit(out, paths.current(), sending, now);
  }

  private boolean transmitData(Transmission out) {
    return data != null && data.transmit(out, paths.current(), paths.duplicate(), now);
  }

  private boolean tellEnd(Transmission out, CloseReason reason) {
    if (data != null && data.isExhausted()) {
      return false;
    }
    if (data != null) {
      data.close(out, paths.current(), reason.frame());
    } else if (handshake != null) {
      handshake.close(out, paths.current(), reason.frame());
    }
    return !out.isEmpty();
  }

  /// The next thing the application learns, or null.
  public @Nullable LinkEvent nextEvent() {
    if (ending != null && ending.isTold()) {
      return null;
    }
    var event = events.pollFirst();
    if (event != null) {
      return event;
    }
    var ofStream = streams.nextEvent();
    if (ofStream != null) {
      return new LinkEvent.OfStream(ofStream);
    }
    byte[] datagram = frames == null ? null : frames.takeDatagram();
    if (datagram != null) {
      return new LinkEvent.Datagram(datagram);
    }
    return ending != null && ending.takeTelling() ? new LinkEvent.Closed(ending.reason()) : null;
  }

  /// The time has come that [#wakeAt] told; at any other time nothing happens.
  public void tick(long time) {
    advance(time);
    if (ending != null) {
      return;
    }
    if (handshake != null) {
      handshake.tick(now);
    }
    if (data != null) {
      data.tick(now);
      restIfDue(data);
    }
    for (var failed = paths.nextFailed(now); failed != null; failed = paths.nextFailed(now)) {
      if (failed.isOffered()) {
        events.addLast(new LinkEvent.PathFailed(failed.route()));
      } else {
        paths.remove(failed.route());
      }
    }
    if (!connected && now >= handshakeUntil) {
      end(CloseReason.silence("no answer, or the handshake took too long"), true);
    } else if (now >= idleAt()) {
      end(CloseReason.silence("nothing was heard for too long"), true);
    }
  }

  private void restIfDue(DataSpace space) {
    if (now >= restAt(space)) {
      resting = true;
      space.rest();
    }
  }

  private long restAt(DataSpace space) {
    return resting || !connected || !space.mayRest() ? NEVER : lastPacketAt + REST_AFTER_NANOS;
  }

  private long idleAt() {
    long limit = shared.options().idleTimeout().toNanos();
    return limit == 0 || !connected ? NEVER : activeAt + limit;
  }

  /// When [#tick] has to be called, whatever happens before: may be in the past.
  public long wakeAt() {
    if (ending != null) {
      return ending.until();
    }
    long at = Math.min(paths.wakeAt(), connected ? idleAt() : handshakeUntil);
    if (handshake != null) {
      at = Math.min(at, handshake.wakeAt(paths.current()));
    }
    if (data != null) {
      at = Math.min(at, Math.min(data.wakeAt(), restAt(data)));
    }
    return streams.hasWaitingWriters() ? Math.min(at, now + WRITER_POLL_NANOS) : at;
  }

  /// Whether nothing of it is left, and it can be forgotten.
  public boolean isOver() {
    return ending != null && now >= ending.until();
  }

  /// How many packets came that were damaged, forged, or not the first of their number.
  public long rejected() {
    return rejected;
  }

  /// Why it is over.
  public Optional<CloseReason> closed() {
    return Optional.ofNullable(ending).map(Ending::reason);
  }

  /// Gives back what it holds, once it is over.
  void release() {
    streams.close();
    datagrams.close();
  }
}
