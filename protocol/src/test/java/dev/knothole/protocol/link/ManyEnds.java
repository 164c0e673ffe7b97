package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.sim.Line;
import dev.knothole.protocol.link.stream.BufferBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A world of fifty links that a seed has chosen: a server and its clients, or a mesh in which
/// everyone has a link with everyone. What one link does must not be felt by another, though they
/// share a socket, a timer, and memory.
final class ManyEnds {
  private static final long SECOND = 1_000_000_000;
  private static final long BUSY = 3 * SECOND;
  private static final long PATIENCE = 300 * SECOND;
  private static final long IDLE = LinkOptions.DEFAULT.idleTimeout().toNanos();
  private static final int CLIENTS = 50;

  /// So many that there are fifty links and five.
  private static final int MESH = 11;

  private static final int MOST_STEPS = 20_000_000;
  private static final Identity IDENTITY = Identity.generate(new SeededRandom(3));

  private final Scenery scenery;
  private final LinkOptions options;
  private final List<BufferBudget> budgets = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final List<Party> parties = new ArrayList<>();
  private final Map<Connection, Party> byConnection = new HashMap<>();
  private int steps;

  private ManyEnds(long seed) {
    scenery = new Scenery(seed);
    var congestion = scenery.random.nextBoolean() ? Congestion.BBR : Congestion.CUBIC;
    options = LinkOptions.DEFAULT.withCongestion(congestion);
  }

  static void established(long seed) {
    var world = new ManyEnds(seed);
    if (world.scenery.random.nextBoolean()) {
      world.star();
    } else {
      world.mesh();
    }
    world.live();
  }

  private Host host() {
    var budget = scenery.anyBudget();
    budgets.add(budget);
    var host =
        new Host(scenery.time, IDENTITY, _ -> true, options, budget, scenery.random.nextLong());
    host.listen(
        (connection, event) -> {
          var party = byConnection.get(connection);
          assertTrue(party != null, "an event of nobody");
          if (party != null) {
            party.heard(event);
          }
        });
    hosts.add(host);
    return host;
  }

  private void star() {
    var server = host();
    for (int i = 0; i < CLIENTS; i++) {
      link(host(), server);
    }
  }

  private void mesh() {
    for (int i = 0; i < MESH; i++) {
      var newcomer = host();
      for (var other : List.copyOf(hosts)) {
        if (other != newcomer) {
          link(newcomer, other);
        }
      }
    }
  }

  private void link(Host client, Host server) {
    Line line = scenery.anyLine(client, server);
    var ends = scenery.established(client, server, line);
    var one = party(client, ends.client());
    var other = party(server, ends.server());
    Party.introduce(one, other);
    int mostBytes = scenery.random.nextInt(1_000, 15_000);
    one.plan(BUSY, mostBytes);
    other.plan(BUSY, mostBytes);
    if (scenery.random.nextInt(10) == 0) {
      one.keepAlive(3 * BUSY);
      scenery.time.after(scenery.random.nextLong(BUSY), () -> line.rebind(0));
    }
    if (scenery.random.nextInt(10) == 0) {
      line.blackHole(SECOND, scenery.random.nextLong(SECOND, 6 * SECOND));
    }
  }

  private Party party(Host host, Connection connection) {
    var party = new Party(host, connection, scenery.time, scenery.random.nextLong());
    byConnection.put(connection, party);
    parties.add(party);
    return party;
  }

  private void live() {
    long until = scenery.time.now() + PATIENCE;
    int settled = 0;
    while (settled < parties.size()) {
      assertTrue(scenery.time.now() < until && step(), () -> "it takes for ever:\n" + parties);
      while (settled < parties.size() && parties.get(settled).isSettled()) {
        settled++;
      }
    }
    parties.forEach(Party::checkThatAllArrived);
    for (int i = 0; i < parties.size(); i += 2) {
      switch (scenery.random.nextInt(3)) {
        case 0 -> parties.get(i).close(0x2000, "done");
        case 1 -> parties.get(i + 1).closeWhenFlushed(0x2001, "done too");
        default -> {}
      }
    }
    end();
  }

  private void end() {
    long until = scenery.time.now() + 2 * IDLE + 10 * SECOND;
    scenery.time.at(until, () -> {});
    while (scenery.time.now() < until && step()) {}
    parties.forEach(Party::checkThatItIsClosed);
    hosts.forEach(host -> assertEquals(0, host.links.size(), "connections that are over"));
    budgets.forEach(budget -> assertEquals(0, budget.usedBytes(), "bytes of the budget"));
  }

  private boolean step() {
    assertTrue(++steps < MOST_STEPS, "the world never falls silent");
    return scenery.time.step();
  }
}
