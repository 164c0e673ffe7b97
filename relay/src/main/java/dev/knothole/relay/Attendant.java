package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/// The one thread that sees every datagram: takes it from its door, has [RelayCore] judge it,
/// sends what that wants sent. Nothing that arrives and nothing the system refuses ends it.
final class Attendant implements Runnable {
  /// How many datagrams one door may bring in before the others get their turn.
  private static final int BATCH = 256;

  /// A socket that fails again and again must not take the processor with it.
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(10);

  private static final Duration LONGEST_SLEEP = Duration.ofHours(1);

  /// Makes the relay's judgement, given where it can send.
  interface CoreMaker {
    RelayCore make(RelayCore.Sink sink);
  }

  private final List<Door> doors;
  private final Selector selector;
  private final RelayCore core;
  private final Counters counters;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private volatile boolean dismissed;

  Attendant(List<Door> doors, Selector selector, CoreMaker maker, Counters counters)
      throws IOException {
    this.doors = doors;
    this.selector = selector;
    core = maker.make(this::send);
    this.counters = counters;
    for (int door = 0; door < doors.size(); door++) {
      doors.get(door).channel().register(selector, SelectionKey.OP_READ, door);
    }
  }

  void dismiss() {
    dismissed = true;
    selector.wakeup();
  }

  boolean isDismissed() {
    return dismissed;
  }

  @Override
  public void run() {
    try {
      while (!dismissed) {
        serve();
      }
    } finally {
      closeAll(doors, selector);
    }
  }

  private void serve() {
    try {
      selector.select(key -> serve((Integer) key.attachment()), patience());
      var now = now();
      if (!core.wakeAt().isAfter(now)) {
        core.tick(now);
      }
      counters.registered(core.size(), core.tally());
    } catch (IOException | RuntimeException e) {
      survive(e);
    }
  }

  /// In milliseconds; zero, which is without an end, never comes out of it.
  private long patience() {
    long left = Duration.between(now(), earlier(core.wakeAt())).toMillis();
    return Math.clamp(left, 1, LONGEST_SLEEP.toMillis());
  }

  private Instant earlier(Instant wake) {
    var latest = now().plus(LONGEST_SLEEP);
    return wake.isBefore(latest) ? wake : latest;
  }

  private Instant now() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  private void survive(Exception e) {
    counters.faults.increment();
    Logger.error(e, "the relay met an unforeseen failure and goes on");
    LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
  }

  private void serve(int door) {
    var now = now();
    for (int i = 0; i < BATCH && serveOne(door, now); i++) {}
  }

  /// Whether there was one.
  private boolean serveOne(int door, Instant now) {
    try {
      var from = doors.get(door).receive();
      if (from == null) {
        return false;
      }
      counters.received.increment();
      serve(from, door, now);
      return true;
    } catch (MalformedMessage e) {
      counters.malformed.increment();
      return true;
    } catch (PortUnreachableException e) {
      // Some systems report here that an earlier answer found nobody.
      counters.undelivered.increment();
      return true;
    } catch (IOException e) {
      survive(e);
      return false;
    }
  }

  private void serve(InetSocketAddress from, int door, Instant now) throws MalformedMessage {
    if (from.getPort() == 0) {
      throw new MalformedMessage("from a port that nothing can be sent to");
    }
    core.received(doors.get(door).datagram(), Endpoint.of(from), door, now);
  }

  private void send(Endpoint to, int door, byte[] datagram) {
    try {
      boolean sent = doors.get(door).send(datagram, to.toSocketAddress());
      (sent ? counters.answers : counters.undelivered).increment();
    } catch (IOException e) {
      // No route, a firewall, no memory: to the sender a datagram lost like any other.
      counters.undelivered.increment();
    }
  }

  static void closeAll(List<Door> doors, @Nullable Selector selector) {
    var resources = new ArrayList<Closeable>(doors);
    if (selector != null) {
      resources.add(selector);
    }
    for (var resource : resources) {
      try {
        resource.close();
      } catch (IOException e) {
        Logger.debug(e, "a socket did not close in order");
      }
    }
  }
}
