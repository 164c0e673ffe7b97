package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.stun.BindingRequest;
import dev.knothole.protocol.stun.Stun;
import dev.knothole.relay.RendezvousOutput.AnswerStun;
import dev.knothole.relay.RendezvousOutput.Say;
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

/// The one thread that sees every datagram: takes it from its door, has [Rendezvous] judge it,
/// sends what that wants sent. Nothing that arrives and nothing the system refuses ends it.
final class Attendant implements Runnable {
  /// How many datagrams one door may bring in before the others get their turn.
  private static final int BATCH = 256;

  /// A socket that fails again and again must not take the processor with it.
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(10);

  private final List<Door> doors;
  private final Selector selector;
  private final Rendezvous rendezvous;
  private final Counters counters;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private volatile boolean dismissed;

  Attendant(List<Door> doors, Selector selector, Rendezvous rendezvous, Counters counters)
      throws IOException {
    this.doors = doors;
    this.selector = selector;
    this.rendezvous = rendezvous;
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
      selector.select(key -> serve((Integer) key.attachment()));
    } catch (IOException | RuntimeException e) {
      survive(e);
    }
  }

  private void survive(Exception e) {
    counters.faults.increment();
    Logger.error(e, "the relay met an unforeseen failure and goes on");
    LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
  }

  private void serve(int door) {
    var now = start.plusNanos(System.nanoTime() - startNanos);
    for (int i = 0; i < BATCH && serveOne(door, now); i++) {}
    counters.registered(rendezvous.size());
  }

  /// Whether there was one.
  private boolean serveOne(int door, Instant now) {
    try {
      var from = doors.get(door).receive();
      if (from == null) {
        return false;
      }
      counters.received.increment();
      serve(input(from, door), now);
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

  private RendezvousInput input(InetSocketAddress from, int door) throws MalformedMessage {
    if (from.getPort() == 0) {
      throw new MalformedMessage("from a port that nothing can be sent to");
    }
    var source = Endpoint.of(from);
    byte[] datagram = doors.get(door).datagram();
    return Stun.isStun(datagram)
        ? new RendezvousInput.AskedStun(source, door, BindingRequest.decode(datagram))
        : new RendezvousInput.Said(source, door, MessageJson.decode(datagram));
  }

  private void serve(RendezvousInput input, Instant now) {
    for (var output : rendezvous.handle(input, now)) {
      send(output);
    }
  }

  private void send(RendezvousOutput output) {
    byte[] datagram =
        switch (output) {
          case Say(_, _, var message) -> MessageJson.encode(message);
          case AnswerStun(var to, _, var request) -> request.answer(to);
        };
    try {
      boolean sent = doors.get(output.door()).send(datagram, output.to().toSocketAddress());
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
