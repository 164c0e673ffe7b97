package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.sim.Line;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.SimulatedPath;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.sim.VirtualTime;
import dev.knothole.protocol.link.stream.BufferBudget;
import java.util.SplittableRandom;

/// What a seed puts into a world: memory, lines, and links that stand already.
final class Scenery {
  private static final long SECOND = 1_000_000_000;
  private static final int CHUNK = 4096;

  final VirtualTime time = new VirtualTime();
  final SplittableRandom random;
  private int lines;

  Scenery(long seed) {
    random = new SplittableRandom(seed);
  }

  /// The usual one, or hardly any.
  BufferBudget anyBudget() {
    return random.nextBoolean()
        ? new BufferBudget()
        : new BufferBudget((long) CHUNK * random.nextInt(16, 64));
  }

  Shape anyShape() {
    return new Shape(
        random.nextLong(30_000, 5_000_000),
        random.nextLong(1_000, SECOND / 5),
        random.nextLong(12_000, 200_000),
        Trouble.any(0.3, random),
        random.nextInt(4) == 0 ? random.nextInt(1200, 1472) : Shape.ETHERNET);
  }

  Line anyLine(Host first, Host second) {
    var shape = anyShape();
    var back = random.nextBoolean() ? shape.back() : anyShape();
    var line =
        new Line(
            lines++,
            first,
            new SimulatedPath(time, shape, random.nextLong()),
            second,
            new SimulatedPath(time, back, random.nextLong()));
    first.attach(line, 0);
    second.attach(line, 1);
    return line;
  }

  /// The two ends of a link.
  record Ends(Connection client, Connection server) {}

  Ends established(Host client, Host server, Line line) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    long id = random.nextLong();
    long peerId = random.nextLong();
    return new Ends(
        add(client, Role.CLIENT, id, peerId, new LinkSecret(secret), line),
        add(server, Role.SERVER, peerId, id, new LinkSecret(secret), line));
  }

  private static Connection add(
      Host host, Role role, long id, long peerId, LinkSecret secret, Line line) {
    var shared = host.links.shared();
    var way = host.way(line);
    var made = Connection.established(role, id, peerId, secret, way, shared, host.now());
    host.watch(made);
    host.turn(() -> host.links.add(made));
    return made;
  }
}
