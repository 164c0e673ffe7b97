package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.Route;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.StreamEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// A link with calls that wait. Any number of threads may call; they are best virtual ones.
public final class Link implements AutoCloseable {
  private static final int MAX_WAITING_DATAGRAMS = 64;

  private final LinkSocket socket;
  private final Connection connection;
  private final Condition changed;
  private final Map<Long, LinkStream> streams = new HashMap<>();
  private final Queue<LinkStream> opened = new ArrayDeque<>();
  private final Queue<byte[]> datagrams = new ArrayDeque<>();
  private final Map<Route, Boolean> tried = new HashMap<>();
  private @Nullable Fingerprint peer;
  private @Nullable CloseReason closed;
  private long pong = -1;

  Link(LinkSocket socket, Connection connection) {
    this.socket = socket;
    this.connection = connection;
    changed = socket.monitor().newCondition();
  }

  Connection connection() {
    return connection;
  }

  /// Who the other end has proven to be.
  public Fingerprint peer() throws IOException {
    return socket.call(this::awaitPeer);
  }

  Fingerprint awaitPeer() throws IOException {
    await(() -> peer != null);
    return Objects.requireNonNull(peer);
  }

  /// A new stream; waits while the peer allows no more.
  public LinkStream open(Priority priority) throws IOException {
    return socket.call(
        () -> {
          var id = new long[1];
          await(() -> tryOpen(priority, id));
          return streams.computeIfAbsent(id[0], this::stream);
        });
  }

  private boolean tryOpen(Priority priority, long[] id) {
    var stream = connection.open(priority);
    id[0] = stream.orElse(0);
    return stream.isPresent();
  }

  private LinkStream stream(long id) {
    return new LinkStream(socket, this, id);
  }

  /// Waits for the next stream that the peer opens.
  public LinkStream accept() throws IOException {
    return await(opened);
  }

  /// Sends bytes that may be lost.
  ///
  /// @return false when they are too many for a datagram of the current path
  public boolean sendDatagram(byte[] bytes) throws IOException {
    return socket.call(
        () -> {
          requireOpen();
          return connection.sendDatagram(bytes, 0, bytes.length);
        });
  }

  /// Waits for the next datagram.
  public byte[] receiveDatagram() throws IOException {
    return await(datagrams);
  }

  private <T> T await(Queue<T> queue) throws IOException {
    return socket.call(
        () -> {
          await(() -> !queue.isEmpty());
          return queue.remove();
        });
  }

  /// Waits until it holds, or the link ends.
  private void await(LinkSocket.Check enough) throws IOException {
    socket.await(
        changed,
        () -> {
          boolean holds = enough.holds();
          if (!holds) {
            requireOpen();
          }
          return holds;
        });
  }

  /// Waits for a sign of life, and tells how long it took.
  public Duration ping() throws IOException {
    return socket.call(
        () -> {
          pong = -1;
          connection.ping();
          await(() -> pong >= 0);
          return Duration.ofNanos(pong);
        });
  }

  /// Moves what is sent to another address of the same peer, as soon as it has answered there.
  ///
  /// @throws IOException if it does not answer there; the link goes on as it was
  public void switchTo(InetSocketAddress address) throws IOException {
    var route = new Direct(address);
    socket.call(
        () -> {
          tried.remove(route);
          if (!connection.addPath(route)) {
            throw new IOException("too many paths are known already");
          }
          await(() -> tried.containsKey(route));
          if (!tried.getOrDefault(route, false) || !connection.use(route)) {
            connection.removePath(route);
            throw new IOException("nobody answers at " + address);
          }
          return route;
        });
  }

  /// Ends the link at once.
  ///
  /// @param code from [CloseReason#CODE_APPLICATION] on
  public void close(long code, String reason) {
    socket.run(() -> connection.close(code, reason));
  }

  /// Ends the link when everything that was written has arrived.
  @Override
  public void close() {
    socket.run(() -> connection.closeWhenFlushed(CloseReason.CODE_APPLICATION, "done"));
  }

  void requireOpen() throws IOException {
    if (closed != null) {
      throw new LinkClosedException(closed);
    }
  }

  IOException failure(String sentence) {
    return closed != null ? new LinkClosedException(closed) : new IOException(sentence);
  }

  /// Takes what the connection tells; the monitor is held.
  void handle(LinkEvent event) {
    switch (event) {
      case LinkEvent.OfStream(var ofStream) -> {
        handle(ofStream);
        return;
      }
      case LinkEvent.Connected(var fingerprint) -> peer = fingerprint;
      case LinkEvent.RoomForStreams _,
          LinkEvent.PathSeen _,
          LinkEvent.PathUsed _,
          LinkEvent.PathRebound _ -> {}
      case LinkEvent.Datagram(var bytes) -> {
        if (datagrams.size() == MAX_WAITING_DATAGRAMS) {
          datagrams.remove();
        }
        datagrams.add(bytes);
      }
      case LinkEvent.Pong(var roundTrip) -> pong = roundTrip;
      case LinkEvent.PathValidated(var route, _) -> tried.put(route, true);
      case LinkEvent.PathFailed(var route) -> tried.put(route, false);
      case LinkEvent.Closed(var reason) -> closed = reason;
    }
    changed.signalAll();
    if (closed != null) {
      if (closed.by() == CloseReason.By.PEER) {
        streams.values().forEach(LinkStream::keepRest);
      }
      streams.values().forEach(LinkStream::wakeReader);
      streams.values().forEach(LinkStream::wakeWriter);
    }
  }

  private void handle(StreamEvent event) {
    if (event instanceof StreamEvent.Opened(long id)) {
      opened.add(streams.computeIfAbsent(id, this::stream));
      changed.signalAll();
      return;
    }
    var stream = streams.get(event.stream());
    if (stream == null) {
      return;
    }
    switch (event) {
      case StreamEvent.Opened _ -> {}
      case StreamEvent.Arrived _, StreamEvent.Reset _ -> stream.wakeReader();
      case StreamEvent.RoomToWrite _, StreamEvent.Stopped _ -> stream.wakeWriter();
      case StreamEvent.Closed _ -> {
        streams.remove(event.stream());
        opened.remove(stream);
        stream.wakeReader();
        stream.wakeWriter();
      }
    }
  }
}
