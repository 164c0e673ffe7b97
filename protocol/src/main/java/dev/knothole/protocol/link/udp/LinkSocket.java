package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.Links;
import dev.knothole.protocol.link.Transmission;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All links over one UDP port, with calls that wait, and threads of its own: the shell around
/// [Links].
///
/// One monitor guards the links. Whoever changes something under it, an application's thread, the
/// reader or the timer, also sends what follows from it: so a request leaves from the thread that
/// wrote it, without waking another.
public final class LinkSocket implements AutoCloseable {
  /// Three of the longest probe timeouts.
  public static final Duration FAREWELL = Duration.ofSeconds(3);

  private static final long NEVER = Long.MAX_VALUE;

  /// Bytes received before something is sent again: the most that the kernel glues together.
  private static final int TAKEN_AT_ONCE = 64 << 10;

  private final UdpSocket socket;
  private final Links links;
  private final ReentrantLock monitor = new ReentrantLock();
  private final Condition earlier = monitor.newCondition();
  private final Condition ended = monitor.newCondition();
  private final Condition arrival = monitor.newCondition();
  private final Transmission out = new Transmission(65_000, 44);
  private final Map<Connection, Link> known = new HashMap<>();
  private final ArrayDeque<Link> arrived = new ArrayDeque<>();
  private long timerAt = NEVER;
  private @Nullable Direct latestSender;
  private boolean closed;

  private LinkSocket(UdpSocket socket, Links links) {
    this.socket = socket;
    this.links = links;
  }

  /// @param bind port 0 for any
  /// @param welcome who may begin a link to us
  /// @throws IOException if the port or address cannot be had
  public static LinkSocket open(
      InetSocketAddress bind,
      Identity identity,
      PeerCheck welcome,
      LinkOptions options,
      Offload offload)
      throws IOException {
    var links = new Links(identity, welcome, options, ProcessBudget.SHARED, new SecureRandom());
    var made = new LinkSocket(UdpSocket.open(bind, offload), links);
    Thread.ofPlatform().daemon().name("link-reader").start(made::readAll);
    Thread.ofPlatform().daemon().name("link-timer").start(made::tickAlways);
    return made;
  }

  /// What the socket is bound to.
  public InetSocketAddress address() {
    return socket.address();
  }

  /// Begins a link, and waits until both ends are authenticated to each other.
  ///
  /// @throws LinkClosedException with the reason, if they are not
  public Link connect(InetSocketAddress remote, PeerCheck check) throws IOException {
    return call(
        () -> {
          var link = begin(remote, check);
          link.awaitPeer();
          return link;
        });
  }

  /// Begins a link and does not wait: what is written leaves when the peer is authenticated.
  public Link begin(InetSocketAddress remote, PeerCheck check) throws IOException {
    return call(
        () -> {
          if (links.isFull()) {
            throw new IOException("there are " + links.size() + " links over this port already");
          }
          var connection = links.connect(new Direct(remote), check, System.nanoTime());
          var link = new Link(this, connection);
          known.put(connection, link);
          return link;
        });
  }

  /// Waits for the next link that somebody else has begun.
  public Link accept() throws IOException {
    return call(
        () -> {
          await(arrival, () -> !arrived.isEmpty());
          return arrived.remove();
        });
  }

  ReentrantLock monitor() {
    return monitor;
  }

  /// A call of an application.
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  <T> T call(Call<T> call) throws IOException {
    monitor.lock();
    try {
      requireOpen();
      T result = call.run();
      pump();
      return result;
    } finally {
      monitor.unlock();
    }
  }

  void run(Runnable call) {
    monitor.lock();
    try {
      call.run();
      pump();
    } finally {
      monitor.unlock();
    }
  }

  void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the socket is closed");
    }
  }

  /// What a call waits for.
  @FunctionalInterface
  interface Check {
    boolean holds() throws IOException;
  }

  /// Waits within a call, and has sent before what there was to send.
  ///
  /// @param enough asked each time that the condition is signalled
  void await(Condition condition, Check enough) throws IOException {
    while (!enough.holds()) {
      awaitNews(condition);
    }
  }

  /// Waits until the condition is signalled, or something was told, which may be what is waited
  /// for; has sent before what there was to send.
  void awaitNews(Condition condition) throws IOException {
    if (!pump()) {
      sleep(condition);
    }
    requireOpen();
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
  private static void sleep(Condition condition) throws InterruptedIOException {
    try {
      condition.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException().initCause(interrupted);
    }
  }

  private void readAll() {
    var batch = new Batch();
    while (socket.receive(batch)) {
      monitor.lock();
      try {
        takeAll(batch);
        pump();
      } finally {
        monitor.unlock();
      }
    }
  }

  /// What has come meanwhile belongs to the same answer.
  private void takeAll(Batch batch) {
    int taken = 0;
    do {
      take(batch);
      taken += batch.length();
    } while (taken < TAKEN_AT_ONCE && socket.receiveMore(batch));
  }

  private void take(Batch batch) {
    var from = latestSender;
    if (from == null || !from.address().equals(batch.from())) {
      from = new Direct(batch.from());
      latestSender = from;
    }
    long now = System.nanoTime();
    for (int at = 0; at < batch.length(); at += batch.segmentSize()) {
      links.received(batch.bytes(), at, batch.lengthAt(at), from, now);
    }
  }

  private void tickAlways() {
    monitor.lock();
    try {
      while (!closed) {
        long left = timerAt == NEVER ? NEVER : timerAt - System.nanoTime();
        if (left <= 0 || earlier.awaitNanos(left) <= 0) {
          timerAt = NEVER;
          links.tick(System.nanoTime());
          pump();
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } finally {
      monitor.unlock();
    }
  }

  /// Sends and tells what has come of whatever was done. The monitor is held.
  ///
  /// @return whether anything was told
  boolean pump() {
    boolean told = false;
    do {
      while (links.transmit(out, System.nanoTime())) {
        send(out);
      }
      told |= tellAll();
    } while (links.hasToSend());
    long wakeAt = links.wakeAt();
    if (wakeAt < timerAt) {
      timerAt = wakeAt;
      earlier.signal();
    }
    return told;
  }

  private void send(Transmission datagrams) {
    send(datagrams, (Direct) datagrams.route());
    if (datagrams.duplicate() instanceof Direct second) {
      send(datagrams, second);
    }
  }

  private void send(Transmission datagrams, Direct route) {
    socket.send(
        datagrams.bytes(), 0, datagrams.length(), datagrams.segmentBytes(), route.address());
  }

  /// @return whether there was anything
  private boolean tellAll() {
    boolean any = false;
    for (var next = links.nextWithEvents(); next != null; next = links.nextWithEvents()) {
      for (var event = next.nextEvent(); event != null; event = next.nextEvent()) {
        any = true;
        tell(next, event);
      }
    }
    return any;
  }

  private void tell(Connection connection, LinkEvent event) {
    var link = known.get(connection);
    if (link == null) {
      if (!(event instanceof LinkEvent.Connected)) {
        return;
      }
      link = new Link(this, connection);
      known.put(connection, link);
      arrived.add(link);
      arrival.signal();
    }
    link.handle(event);
    if (event instanceof LinkEvent.Closed) {
      known.remove(connection);
      ended.signalAll();
    }
  }

  /// Ends all links and the threads. Waits until what was written has arrived, but at most
  /// [#FAREWELL].
  @Override
  public void close() {
    monitor.lock();
    try {
      known.keySet().forEach(LinkSocket::end);
      awaitFarewell();
      closed = true;
      arrival.signalAll();
      earlier.signal();
    } finally {
      monitor.unlock();
    }
    socket.close();
  }

  private static void end(Connection connection) {
    connection.closeWhenFlushed(CloseReason.CODE_APPLICATION, "the other end is gone");
  }

  private void awaitFarewell() {
    long left = FAREWELL.toNanos();
    pump();
    try {
      while (!known.isEmpty() && left > 0 && !closed) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    known
        .keySet()
        .forEach(last -> last.close(CloseReason.CODE_APPLICATION, "the other end is gone"));
    pump();
  }
}
