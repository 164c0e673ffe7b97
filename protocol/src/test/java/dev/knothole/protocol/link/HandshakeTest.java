package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.ANYBODY;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.handshake.HandshakeFailure;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.wire.Layout;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How two ends come together, and how they do not.
final class HandshakeTest {
  private static final LinkOptions PLAIN = LinkOptions.DEFAULT;

  /// Behind the first byte, the length and the destination.
  private static final int VERSION_ENDS = 14;

  private static final long WRONG_PEER = CloseReason.code(HandshakeFailure.WRONG_PEER);

  private static CloseReason reason(Ear ear) {
    return ear.closed().orElseThrow();
  }

  @Test
  void both_ends_learn_who_the_other_is() {
    var world = new TwoHosts().over(Shape.usual());
    world.connected();
    var byAlice = world.heardByAlice.all(LinkEvent.Connected.class);
    var byBob = world.heardByBob.all(LinkEvent.Connected.class);
    assertEquals(TwoHosts.BOB.fingerprint(), byAlice.getFirst().peer());
    assertEquals(TwoHosts.ALICE.fingerprint(), byBob.getFirst().peer());
    assertEquals(1, byAlice.size());
    assertEquals(1, byBob.size());
  }

  @Test
  void what_is_written_before_they_are_connected_arrives() {
    var world = new TwoHosts().over(Shape.usual());
    var connection = world.connect();
    long stream = TwoHosts.say(world.alice, connection, "I was here first");
    assertFalse(connection.isConnected());
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertEquals("I was here first", world.heardByBob.text(stream));
  }

  @Test
  void another_server_than_expected_is_told_so_and_reads_nothing() {
    var world = new TwoHosts().over(Shape.usual());
    var connection = world.alice.connect(world.line(), TwoHosts.MALLORY.fingerprint()::equals);
    TwoHosts.say(world.alice, connection, "for Mallory only");
    world.run(20 * SECOND);
    assertEquals(WRONG_PEER, reason(world.heardByAlice).code());
    assertEquals(CloseReason.By.US, reason(world.heardByAlice).by());
    assertEquals(WRONG_PEER, reason(world.heardByBob).code());
    assertEquals(CloseReason.By.PEER, reason(world.heardByBob).by());
    assertNobodyConnected(world);
  }

  @Test
  void an_unwelcome_client_is_told_so_and_is_not_read() {
    var world = new TwoHosts(PLAIN, PLAIN, TwoHosts.MALLORY.fingerprint()::equals);
    world.over(Shape.usual());
    TwoHosts.say(world.alice, world.connect(), "let me in");
    world.run(20 * SECOND);
    assertEquals(WRONG_PEER, reason(world.heardByBob).code());
    assertEquals(CloseReason.By.US, reason(world.heardByBob).by());
    assertEquals(WRONG_PEER, reason(world.heardByAlice).code());
    assertEquals(CloseReason.By.PEER, reason(world.heardByAlice).by());
    assertNobodyConnected(world);
  }

  private static void assertNobodyConnected(TwoHosts world) {
    assertFalse(world.heardByAlice.heard(LinkEvent.Connected.class));
    assertFalse(world.heardByBob.heard(LinkEvent.Connected.class));
    assertEquals(0, world.heardByBob.total());
    assertEquals(0, world.alice.links.size() + world.bob.links.size());
    assertEquals(0, world.alice.budget.usedBytes() + world.bob.budget.usedBytes());
  }

  @Test
  void another_version_is_refused_by_name() {
    var world = new TwoHosts().over(Shape.usual());
    world.alice.tap(
        (_, datagram) -> {
          datagram[VERSION_ENDS] ^= 1;
          return true;
        });
    world.connect();
    world.run(SECOND);
    assertEquals(CloseReason.CODE_VERSION, reason(world.heardByAlice).code());
    assertEquals(CloseReason.By.PEER, reason(world.heardByAlice).by());
    assertEquals(0, world.bob.links.size());
  }

  @Test
  void more_than_may_be_connected_are_refused() {
    var world = new TwoHosts(PLAIN, PLAIN.withMaxConnections(1), ANYBODY).over(Shape.usual());
    world.connected();
    var second = world.connect();
    world.run(SECOND);
    assertEquals(Optional.of(CloseReason.CODE_REFUSED), second.closed().map(CloseReason::code));
    assertEquals(1, world.bob.links.size());
    assertEquals(1, world.heardByAlice.all(LinkEvent.Connected.class).size());
  }

  @Test
  void a_handshake_survives_the_loss_of_a_third_of_its_packets() {
    for (long seed = 0; seed < 20; seed++) {
      var shape = Shape.usual().with(Trouble.loss(0.3)).withDelay(1 + seed * 5_000_000);
      var world = new TwoHosts().over(shape);
      world.connect();
      world.run(10 * SECOND);
      assertTrue(world.both(LinkEvent.Connected.class), "seed " + seed);
    }
  }

  @Test
  void two_links_between_the_same_sockets_are_told_apart() {
    var world = new TwoHosts().over(Shape.usual());
    var first = world.connect();
    var second = world.connect();
    var third = world.bob.connect(world.line(), TwoHosts.ALICE.fingerprint()::equals);
    long one = TwoHosts.say(world.alice, first, "one");
    world.runUntil(() -> world.heardByBob.all(LinkEvent.Connected.class).size() == 3);
    world.run(SECOND);
    assertEquals(3, world.heardByAlice.all(LinkEvent.Connected.class).size());
    assertNotEquals(first.id(), second.id());
    assertEquals("one", world.heardByBob.text(one));
    world.alice.turn(() -> first.close(0x1000, "one of them"));
    world.run(10 * SECOND);
    assertTrue(second.closed().isEmpty() && third.closed().isEmpty());
    assertEquals(2, world.bob.links.size());
  }

  @Test
  void a_server_that_is_silent_is_given_up_in_time() {
    var world = new TwoHosts().over(Shape.usual());
    world.bob.tap((_, _) -> false);
    world.connect();
    world.run(PLAIN.handshakeTimeout().toNanos() - 1);
    assertEquals(Optional.empty(), world.heardByAlice.closed());
    world.run(2);
    assertEquals(CloseReason.By.SILENCE, reason(world.heardByAlice).by());
  }

  @Test
  void a_client_that_vanishes_is_forgotten_in_time() {
    var world = new TwoHosts().over(Shape.usual());
    int[] sent = new int[1];
    world.alice.tap((_, _) -> sent[0]++ == 0);
    world.connect();
    world.run(SECOND);
    assertEquals(1, world.bob.links.size());
    world.run(PLAIN.handshakeTimeout().toNanos() + 3 * SECOND);
    assertEquals(0, world.bob.links.size());
    assertEquals(CloseReason.By.SILENCE, reason(world.heardByBob).by());
  }

  @Test
  void nobody_is_flooded_by_a_forged_first_packet() {
    var world = new TwoHosts().over(Shape.usual());
    long[] bytes = new long[2];
    world.alice.tap((_, datagram) -> bytes[0]++ == 0 && datagram.length > 0);
    world.bob.tap(
        (_, datagram) -> {
          bytes[1] += datagram.length;
          return true;
        });
    world.connect();
    world.run(20 * SECOND);
    assertTrue(bytes[1] > 0 && bytes[1] <= 3 * Layout.MIN_INITIAL_DATAGRAM, bytes[1] + " bytes");
  }
}
