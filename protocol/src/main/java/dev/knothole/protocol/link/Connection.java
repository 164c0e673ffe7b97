package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.HandshakeEngine;
import dev.knothole.protocol.link.stream.DatagramQueue;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.Streams;
import dev.knothole.protocol.link.wire.IncomingPacket;
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
  /// Memory that other connections free lets writers go on; nobody tells, so they ask.
  private static final long WRITER_POLL_NANOS = 10_000_000;

  private final long id;
  private final Shared shared;
  private final Streams streams;
  private final DatagramQueue datagrams;
  private final DataContent content;
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>(2);
  private final Steering steering;
  private final Lifetime lifetime;
  private final Exchange exchange;
  private @Nullable CloseReason afterFlush;
  private boolean wantsStreams;
  private long now;

  /// The books that [Links] keeps of it.
  boolean mayHaveToSend;

  boolean mayHaveToTell;
  long timerAt = Long.MAX_VALUE;
  long originalId;

  private Connection(Role role, long id, Path first, Shared shared, long now) {
    this.id = id;
    this.shared = shared;
    this.now = now;
    streams = shared.streams(role, now);
    datagrams = new DatagramQueue(shared.budget());
    content = new DataContent(streams, datagrams, events);
    steering = new Steering(first, shared, events, now);
    lifetime = new Lifetime(shared.options(), now);
    exchange = new Exchange(role, shared, steering, lifetime, streams, content, events);
  }

  /// The end that begins.
  ///
  /// @param id where the peer's packets shall go
  /// @param peerId where the first packets go
  static Connection client(
      long id, long peerId, HandshakeEngine engine, Route route, Shared shared, long now) {
    var made = new Connection(Role.CLIENT, id, new Path(route, true), shared, now);
    made.exchange.begin(
        new HandshakeSpace(Role.CLIENT, engine, id, peerId, peerId, made.sending(), now));
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
    made.exchange.begin(
        new HandshakeSpace(Role.SERVER, engine, id, originalId, peerId, made.sending(), now));
    return made;
  }

  /// An end whose handshake took place elsewhere.
  static Connection established(
      Role role, long id, long peerId, LinkSecret secret, Route route, Shared shared, long now) {
    var made = new Connection(role, id, new Path(route, role == Role.CLIENT), shared, now);
    made.exchange.open(secret, peerId, now);
    made.exchange.confirm();
    return made;
  }

  /// The connection id that the peer's packets go to.
  public long id() {
    return id;
  }

  boolean isConnected() {
    return lifetime.isConnected();
  }

  /// The keys of application bytes, once there are any.
  Optional<DataKeys> keys() {
    return exchange.keys();
  }

  /// What is known of the current path.
  PathState sending() {
    return steering.sending();
  }

  public Role role() {
    return exchange.role();
  }

  /// Who the other end has proven to be.
  public Optional<Fingerprint> peer() {
    return exchange.peer();
  }

  private void touched() {
    shared.touched().accept(this);
  }

  // The application: streams and datagrams

  /// A new stream, or none while the peer allows no more; [LinkEvent.RoomForStreams] follows then.
  public OptionalLong open(Priority priority) {
    if (isEnding()) {
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
    return isEnding() ? Streams.GONE : streams.write(stream, from, at, length);
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
    return !isEnding() && length <= maxDatagram() && datagrams.offer(from, at, length);
  }

  /// The largest datagram that the current path is known to carry.
  public int maxDatagram() {
    return Math.min(DatagramQueue.maxLength(), DataSpace.datagramRoom(sending().mtu().current()));
  }

  /// Asks the peer for a sign of life; [LinkEvent.Pong] tells how long it took.
  public void ping() {
    content.owePing();
    touched();
  }

  // The application: paths

  /// The route that packets are sent to.
  public Route route() {
    return steering.route();
  }

  /// The smoothed round trip of the current path in nanoseconds, a guess before the first one.
  public long roundTrip() {
    return sending().smoothedRtt();
  }

  /// Since when the peer, who owes an acknowledgement, was not heard of. Empty while it owes none.
  public OptionalLong unansweredSince() {
    return !isConnected() || exchange.isQuiet()
        ? OptionalLong.empty()
        : OptionalLong.of(lifetime.unansweredSince());
  }

  /// Tries a path; [LinkEvent.PathValidated] or [LinkEvent.PathFailed] follows. May be called again
  /// for a known path, to see whether it still works. A path that the application has tried is
  /// never switched to but by [#use].
  ///
  /// @return false when there are [Paths#MAX_PATHS] already
  public boolean addPath(Route route) {
    touched();
    return steering.offer(route, now);
  }

  /// Forgets a path.
  ///
  /// @return false for the current one, which stays, and for an unknown one
  public boolean removePath(Route route) {
    return steering.remove(route);
  }

  /// Sends over this path from now on, with a fresh start of all that depends on the path.
  ///
  /// @return false when the path is not validated, or the handshake is not over
  public boolean use(Route route) {
    touched();
    return exchange.use(route, now);
  }

  /// Sends everything over a second path as well, for the moment in which it is not clear which one
  /// carries; the peer takes each packet once.
  ///
  /// @param route a validated path, or null for an end of it
  /// @return false when the path is not validated
  public boolean duplicate(@Nullable Route route) {
    return steering.duplicate(route);
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
    var ending = lifetime.ending();
    if (ending != null) {
      ending.received();
      return;
    }
    var reason = exchange.received(packet, route, now);
    if (reason != null) {
      end(reason, reason.by() == CloseReason.By.US);
    } else if (wantsStreams && exchange.takeNewLimits()) {
      wantsStreams = false;
      events.addLast(new LinkEvent.RoomForStreams());
    }
  }

  private void advance(long time) {
    now = Math.max(now, time);
  }

  private boolean isEnding() {
    return lifetime.ending() != null;
  }

  private void end(CloseReason reason, boolean telling) {
    if (!lifetime.end(reason, telling, now)) {
      return;
    }
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
    if (afterFlush != null && isConnected() && exchange.isQuiet() && content.isFlushed()) {
      end(afterFlush, true);
    }
    var ending = lifetime.ending();
    if (ending != null) {
      return ending.takeDue() && exchange.tellEnd(out, ending.reason());
    }
    if (exchange.isExhausted()) {
      end(CloseReason.us(CloseReason.CODE_EXHAUSTED, "the keys are used up"), false);
      return false;
    }
    boolean wasQuiet = exchange.isQuiet();
    boolean sent = exchange.transmit(out, now);
    if (sent) {
      lifetime.sent(now);
    }
    if (wasQuiet && !exchange.isQuiet()) {
      lifetime.asked(now);
    }
    return sent;
  }

  /// The next thing the application learns, or null.
  public @Nullable LinkEvent nextEvent() {
    var ending = lifetime.ending();
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
    byte[] datagram = exchange.takeDatagram();
    if (datagram != null) {
      return new LinkEvent.Datagram(datagram);
    }
    return ending != null && ending.takeTelling() ? new LinkEvent.Closed(ending.reason()) : null;
  }

  /// The time has come that [#wakeAt] told; at any other time nothing happens.
  public void tick(long time) {
    advance(time);
    if (isEnding()) {
      return;
    }
    exchange.tick(now);
    steering.tick(now);
    var givenUp = lifetime.givenUp(now);
    if (givenUp != null) {
      end(givenUp, true);
    }
  }

  /// When [#tick] has to be called, whatever happens before: may be in the past.
  public long wakeAt() {
    var ending = lifetime.ending();
    if (ending != null) {
      return ending.until();
    }
    long at = Math.min(lifetime.deadline(), exchange.wakeAt());
    return streams.hasWaitingWriters() ? Math.min(at, now + WRITER_POLL_NANOS) : at;
  }

  /// Whether nothing of it is left, and it can be forgotten.
  public boolean isOver() {
    return lifetime.isOver(now);
  }

  /// How many packets came that were damaged, forged, or not the first of their number.
  public long rejected() {
    return exchange.rejected();
  }

  /// Why it is over.
  public Optional<CloseReason> closed() {
    return lifetime.reason();
  }

  /// Gives back what it holds, once it is over.
  void release() {
    streams.close();
    datagrams.close();
  }
}
