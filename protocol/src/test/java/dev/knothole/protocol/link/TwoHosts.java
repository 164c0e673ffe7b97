package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.sim.Line;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.SimulatedPath;
import dev.knothole.protocol.link.sim.VirtualTime;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.Streams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Two machines that a test plays with: ALICE, who begins, and BOB, who answers.
final class TwoHosts {
  static final long MILLIS = 1_000_000;
  static final long SECOND = 1_000 * MILLIS;

  static final Identity ALICE = Identity.generate(new SeededRandom(11));
  static final Identity BOB = Identity.generate(new SeededRandom(12));
  static final Identity MALLORY = Identity.generate(new SeededRandom(13));
  static final PeerCheck ANYBODY = _ -> true;

  private static final long PATIENCE = 600 * SECOND;

  final VirtualTime time = new VirtualTime();
  final List<Line> lines = new ArrayList<>();
  final Host alice;
  final Host bob;
  final Ear heardByAlice = new Ear();
  final Ear heardByBob = new Ear();

  TwoHosts() {
    this(LinkOptions.DEFAULT, LinkOptions.DEFAULT, ANYBODY);
  }

  TwoHosts(LinkOptions ofAlice, LinkOptions ofBob, PeerCheck welcome) {
    alice = new Host(time, ALICE, welcome, ofAlice, new BufferBudget(), 21);
    bob = new Host(time, BOB, welcome, ofBob, new BufferBudget(), 22);
    alice.listen(heardByAlice::hear);
    bob.listen(heardByBob::hear);
  }

  /// Over lines of these shapes, the same in both directions.
  TwoHosts over(Shape... shapes) {
    for (var shape : shapes) {
      int number = lines.size();
      var there = new SimulatedPath(time, shape, 2L * number + 100);
      var back = new SimulatedPath(time, shape, 2L * number + 101);
      var line = new Line(number, alice, there, bob, back);
      alice.attach(line, 0);
      bob.attach(line, 1);
      lines.add(line);
    }
    return this;
  }

  Line line() {
    return lines.getFirst();
  }

  /// Alice begins a link with Bob.
  Connection connect() {
    return alice.connect(line(), BOB.fingerprint()::equals);
  }

  /// Both ends of a link that stands.
  record Ends(Connection alice, Connection bob) {}

  Ends connected() {
    connect();
    runUntil(() -> both(LinkEvent.Connected.class));
    return new Ends(heardByAlice.connections().getFirst(), heardByBob.connections().getFirst());
  }

  /// Both ends of a link whose handshake took place elsewhere.
  Ends established() {
    var secret = secret();
    return new Ends(
        establish(alice, Role.CLIENT, 1, 2, secret), establish(bob, Role.SERVER, 2, 1, secret));
  }

  /// What [#established] ends share.
  static LinkSecret secret() {
    byte[] bytes = new byte[32];
    new SeededRandom(31).nextBytes(bytes);
    return new LinkSecret(bytes);
  }

  Connection establish(Host host, Role role, long id, long peerId, LinkSecret secret) {
    var shared = host.links.shared();
    var way = host.way(line());
    var made = Connection.established(role, id, peerId, secret, way, shared, host.now());
    host.watch(made);
    host.turn(() -> host.links.add(made));
    return made;
  }

  boolean both(Class<? extends LinkEvent> kind) {
    return heardByAlice.heard(kind) && heardByBob.heard(kind);
  }

  void run(long nanos) {
    time.runFor(nanos);
  }

  void runUntil(BooleanSupplier condition) {
    long until = time.now() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertTrue(time.now() < until && time.step(), "it never happens");
    }
  }

  /// Opens a stream and writes a text and its end.
  static long say(Host host, Connection connection, String text) {
    return send(host, connection, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends the own direction of a stream that the peer opened.
  static void close(Host host, Connection connection, long stream) {
    host.turn(() -> connection.finish(stream));
  }

  static long send(Host host, Connection connection, byte[] bytes) {
    long stream = connection.open(Priority.NORMAL).orElseThrow();
    host.turn(
        () -> {
          int n = connection.write(stream, bytes, 0, bytes.length);
          assertTrue(n == bytes.length || n == Streams.GONE, "all is taken");
          connection.finish(stream);
        });
    return stream;
  }
}
