package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.sim.Line;
import dev.knothole.protocol.link.sim.VirtualTime;
import dev.knothole.protocol.link.stream.BufferBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A world of two ends that a seed has chosen: what lies between them, what they do, what befalls
/// them, and how it ends.
final class TwoEnds {
  private static final long MILLIS = 1_000_000;
  private static final long SECOND = 1_000 * MILLIS;

  /// While they do things, and things are done to them.
  private static final long BUSY = 2 * SECOND;

  /// Longer than the worst path takes for all there is to send.
  private static final long PATIENCE = 300 * SECOND;

  private static final long QUIET = 10 * SECOND;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int MOST_STEPS = 3_000_000;

  private static final Identity CLIENT = Identity.generate(new SeededRandom(1));
  private static final Identity SERVER = Identity.generate(new SeededRandom(2));

  private enum Ending {
    /// Nobody says anything more, until both have given up.
    SILENCE,
    CLOSED_WHEN_SETTLED,
    CLOSED_WHEN_FLUSHED,
    CLOSED_IN_THE_MIDDLE
  }

  private final Scenery scenery;
  private final SplittableRandom random;
  private final VirtualTime time;
  private final List<BufferBudget> budgets = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Party> parties = new ArrayList<>();
  private final LinkOptions options;
  private final Ending ending;
  private final Host client;
  private final Host server;
  private int steps;

  private TwoEnds(long seed) {
    scenery = new Scenery(seed);
    random = scenery.random;
    time = scenery.time;
    ending = Ending.values()[random.nextInt(4)];
    boolean endless = ending == Ending.SILENCE && random.nextBoolean();
    options =
        LinkOptions.DEFAULT
            .withCongestion(random.nextBoolean() ? Congestion.BBR : Congestion.CUBIC)
            .withHandshakeTimeout(IDLE)
            .withIdleTimeout(endless ? Duration.ZERO : IDLE);
    budgets.add(scenery.anyBudget());
    if (random.nextBoolean()) {
      budgets.add(scenery.anyBudget());
    }
    client = new Host(time, CLIENT, _ -> true, options, budgets.getFirst(), random.nextLong());
    server = new Host(time, SERVER, _ -> true, options, budgets.getLast(), random.nextLong());
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      lines.add(scenery.anyLine(client, server));
    }
  }

  /// Plays a world from its beginning to its end.
  static void established(long seed) {
    var world = new TwoEnds(seed);
    world.join();
    world.live();
  }

  /// The same, with a real handshake over the same paths.
  static void shakingHands(long seed) {
    var world = new TwoEnds(seed);
    world.connect();
    world.live();
  }

  // How they come together

  private void join() {
    var ends = scenery.established(client, server, lines.getFirst());
    Party.introduce(arrive(client, ends.client()), arrive(server, ends.server()));
  }

  private Party arrive(Host host, Connection connection) {
    host.watch(connection);
    var party = new Party(host, connection, time, random.nextLong());
    var mover = new Mover(host, connection, lines, random.split());
    parties.add(party);
    host.listen(
        (from, event) -> {
          assertEquals(connection, from);
          mover.heard(event);
          party.heard(event);
        });
    return party;
  }

  private void connect() {
    var first = new Party[1];
    server.listen(
        (connection, event) -> {
          Party.introduce(first[0], arrive(server, connection));
          parties.getLast().heard(event);
        });
    var connection = client.links.connect(client.way(lines.getFirst()), _ -> true, client.now());
    first[0] = arrive(client, connection);
    client.flush();
    runUntil(() -> connection.isConnected() && parties.size() == 2, 60 * SECOND);
  }

  // What happens

  private void live() {
    int mostBytes = random.nextInt(1_000, 60_000);
    for (var party : parties) {
      party.plan(BUSY, mostBytes);
    }
    befall();
    switch (ending) {
      case SILENCE -> settle();
      case CLOSED_WHEN_SETTLED -> {
        settle();
        anyone().close(0x2000, "done");
      }
      case CLOSED_WHEN_FLUSHED -> leaveWhenFlushed();
      case CLOSED_IN_THE_MIDDLE -> {
        run(random.nextLong(BUSY));
        anyone().close(0x2001, "enough");
      }
    }
    end();
  }

  private void befall() {
    if (lines.size() == 1 && random.nextBoolean()) {
      var party = anyone();
      int end = party.connection().role() == Role.CLIENT ? 0 : 1;
      party.keepAlive(time.now() + 3 * BUSY);
      for (int i = random.nextInt(4); i > 0; i--) {
        time.after(random.nextLong(2 * BUSY), () -> lines.getFirst().rebind(end));
      }
    }
    for (var line : lines) {
      if (random.nextInt(3) == 0) {
        long from = time.now() + random.nextLong(BUSY);
        line.blackHole(from, from + random.nextLong(5 * SECOND));
      }
    }
    for (var host : List.of(client, server)) {
      if (random.nextInt(4) == 0) {
        host.ringLate(random.nextLong(30 * MILLIS));
      }
      if (random.nextInt(4) == 0) {
        long leap = options.idleTimeout().isZero() ? 7200 * SECOND : 10 * SECOND;
        time.after(random.nextLong(BUSY), () -> host.leap(leap));
      }
    }
  }

  private Party anyone() {
    return parties.get(random.nextInt(2));
  }

  private void leaveWhenFlushed() {
    run(random.nextLong(2 * BUSY));
    var leaver = anyone();
    leaver.closeWhenFlushed(0x2002, "bye");
    runUntil(() -> leaver.closed() != null, PATIENCE);
    run(2 * SECOND);
    for (var party : parties) {
      if (party != leaver && party.closed() != null) {
        leaver.checkThatAllArrived();
      }
    }
  }

  private void settle() {
    runUntil(() -> parties.stream().allMatch(Party::isSettled), PATIENCE);
    parties.forEach(Party::checkThatAllArrived);
    beQuiet();
  }

  /// Nothing leaves when there is nothing to say, and nobody is woken for it; but what has begun
  /// goes on to its end, which for the search for the largest datagram may be a while.
  private void beQuiet() {
    long before = -1;
    for (int i = 0; i < 8 && before != sent(); i++) {
      before = sent();
      run(QUIET);
    }
    assertEquals(before, sent(), "datagrams of idle connections");
    for (var party : parties) {
      var connection = party.connection();
      if (party.closed() == null) {
        long idle = options.idleTimeout().toNanos();
        long wakeAt = connection.wakeAt() - party.host().now();
        assertTrue(idle == 0 ? wakeAt > IDLE.toNanos() : wakeAt > 0, "woken in " + wakeAt);
      }
      assertEquals(0, connection.sending().flight().inFlight(), "bytes in flight");
    }
  }

  private long sent() {
    return client.sent() + server.sent();
  }

  private void end() {
    if (options.idleTimeout().isZero()) {
      parties.forEach(party -> party.close(0x2003, "over"));
    }
    run(2 * IDLE.toNanos());
    for (var party : parties) {
      party.checkThatItIsClosed();
      assertEquals(0, party.host().links.size(), "connections that are over");
    }
    budgets.forEach(budget -> assertEquals(0, budget.usedBytes(), "bytes of the budget"));
  }

  // Time

  private interface Condition {
    boolean holds();
  }

  private void runUntil(Condition condition, long patience) {
    long until = time.now() + patience;
    while (!condition.holds()) {
      assertTrue(time.now() < until && step(), () -> "it takes for ever:\n" + parties);
    }
  }

  private void run(long nanos) {
    boolean[] over = new boolean[1];
    time.after(nanos, () -> over[0] = true);
    while (!over[0] && step()) {}
  }

  private boolean step() {
    assertTrue(++steps < MOST_STEPS, () -> "the world never falls silent:\n" + parties);
    return time.step();
  }
}
