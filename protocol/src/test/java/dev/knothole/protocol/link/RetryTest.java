package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.ANYBODY;
import static dev.knothole.protocol.link.TwoHosts.MILLIS;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.RetryTokens;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A server under load, which has strangers prove their address before it remembers them.
final class RetryTest {
  private static final LinkOptions PLAIN = LinkOptions.DEFAULT;
  private static final LinkOptions LOADED = PLAIN.withRetryAbove(0);
  private static final long ROUND_TRIP = 40 * MILLIS;

  private static TwoHosts loaded(Shape... shapes) {
    return new TwoHosts(PLAIN, LOADED, ANYBODY).over(shapes);
  }

  private static long timeToConnect(TwoHosts world) {
    long before = world.time.now();
    world.connect();
    world.runUntil(() -> world.heardByAlice.heard(LinkEvent.Connected.class));
    return world.time.now() - before;
  }

  @Test
  void to_prove_the_address_takes_one_round_trip_more() {
    long without = timeToConnect(new TwoHosts().over(Shape.usual()));
    long with = timeToConnect(loaded(Shape.usual()));
    long more = with - without;
    assertTrue(more > ROUND_TRIP && more < ROUND_TRIP + 5 * MILLIS, more + " ns");
  }

  @Test
  void before_the_proof_nothing_is_remembered() {
    var world = loaded(Shape.usual());
    world.connect();
    world.run(ROUND_TRIP + 5 * MILLIS);
    assertTrue(world.bob.sent() > 0, "no answer");
    assertEquals(0, world.bob.links.size());
    assertEquals(0, world.bob.budget.usedBytes());
    world.run(ROUND_TRIP);
    assertEquals(1, world.bob.links.size());
  }

  @Test
  void it_is_proven_over_a_path_that_loses_packets_too() {
    for (long seed = 0; seed < 10; seed++) {
      var shape = Shape.usual().with(Trouble.loss(0.3)).withDelay(1 + seed * 7_000_000);
      var world = loaded(shape);
      world.connect();
      world.run(10 * SECOND);
      assertTrue(world.both(LinkEvent.Connected.class), "seed " + seed);
    }
  }

  /// The first packet that brings the token; it and what follows is kept from the server.
  private static byte[] withToken(TwoHosts world) {
    List<byte[]> kept = new ArrayList<>();
    world.connect();
    world.alice.tap((_, datagram) -> !kept.add(datagram.clone()));
    world.run(ROUND_TRIP + 5 * MILLIS);
    return kept.getFirst();
  }

  @Test
  void a_token_opens_the_door_to_where_it_was_issued() {
    var world = loaded(Shape.usual());
    byte[] initial = withToken(world);
    world.alice.inject(world.alice.way(world.line()), initial);
    world.run(ROUND_TRIP);
    assertEquals(1, world.bob.links.size());
  }

  @Test
  void a_token_of_another_address_does_not() {
    var world = loaded(Shape.usual(), Shape.usual());
    byte[] initial = withToken(world);
    world.alice.inject(world.alice.way(world.lines.get(1)), initial);
    world.run(ROUND_TRIP);
    assertEquals(0, world.bob.links.size());
    assertFalse(world.heardByBob.heard(LinkEvent.Connected.class));
  }

  @Test
  void a_token_that_is_too_old_does_not() {
    var world = loaded(Shape.usual());
    byte[] initial = withToken(world);
    world.run(RetryTokens.LIFETIME_NANOS);
    world.alice.inject(world.alice.way(world.line()), initial);
    world.run(ROUND_TRIP);
    assertEquals(0, world.bob.links.size());
  }
}
