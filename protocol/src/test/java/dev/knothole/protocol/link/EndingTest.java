package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.ANYBODY;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.WornKeys;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.stream.Streams;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The ways in which a connection comes to its end.
final class EndingTest {
  private static final long CODE = CloseReason.CODE_APPLICATION + 7;
  private static final long IDLE = LinkOptions.DEFAULT.idleTimeout().toNanos();

  @Test
  void the_reason_arrives() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    world.alice.turn(() -> ends.alice().close(CODE, "good night"));
    world.run(SECOND);
    var us = new CloseReason(CODE, "good night", CloseReason.By.US);
    var peer = new CloseReason(CODE, "good night", CloseReason.By.PEER);
    assertEquals(Optional.of(us), world.heardByAlice.closed());
    assertEquals(Optional.of(peer), world.heardByBob.closed());
    world.run(10 * SECOND);
    assertEquals(0, world.alice.links.size() + world.bob.links.size());
  }

  @Test
  void who_has_not_heard_it_is_told_again() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    world.run(SECOND);
    boolean[] lost = new boolean[1];
    world.alice.tap(
        (_, _) -> {
          boolean passes = lost[0];
          lost[0] = true;
          return passes;
        });
    world.alice.turn(() -> ends.alice().close(CODE, "once more"));
    world.run(SECOND);
    assertEquals(Optional.empty(), world.heardByBob.closed());
    TwoHosts.say(world.bob, ends.bob(), "are you there?");
    world.run(SECOND);
    assertEquals(Optional.of(CODE), world.heardByBob.closed().map(CloseReason::code));
  }

  @Test
  void who_leaves_when_all_is_said_is_heard_to_the_end() {
    for (long seed = 0; seed < 10; seed++) {
      var shape = Shape.usual().with(Trouble.loss(0.2)).withDelay(1 + seed * 3_000_000);
      var world = new TwoHosts().over(shape);
      var ends = world.established();
      byte[] letter = new byte[200_000];
      long stream = TwoHosts.send(world.alice, ends.alice(), letter);
      world.alice.turn(() -> ends.alice().closeWhenFlushed(CODE, "that was all"));
      world.runUntil(() -> world.heardByAlice.heard(LinkEvent.Closed.class));
      assertArrayEquals(letter, world.heardByBob.bytes(stream), "seed " + seed);
      assertTrue(world.heardByBob.ended(stream), "seed " + seed);
    }
  }

  @Test
  void what_was_written_before_connecting_is_flushed_too() {
    var world = new TwoHosts().over(Shape.usual());
    var connection = world.connect();
    long stream = TwoHosts.say(world.alice, connection, "a note under the door");
    world.alice.turn(() -> connection.closeWhenFlushed(CODE, "gone"));
    world.runUntil(() -> world.heardByBob.heard(LinkEvent.Closed.class));
    assertEquals("a note under the door", world.heardByBob.text(stream));
  }

  @Test
  void a_peer_that_vanishes_is_missed_after_the_idle_timeout() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    world.run(SECOND);
    world.bob.tap((_, _) -> false);
    TwoHosts.say(world.alice, ends.alice(), "hello?");
    long said = world.time.now();
    world.runUntil(() -> world.heardByAlice.heard(LinkEvent.Closed.class));
    assertEquals(CloseReason.By.SILENCE, world.heardByAlice.closed().orElseThrow().by());
    long waited = world.time.now() - said;
    assertTrue(waited >= IDLE && waited <= IDLE + SECOND, waited + " ns");
  }

  @Test
  void two_who_say_nothing_part_in_silence() {
    var world = new TwoHosts().over(Shape.usual());
    world.established();
    world.run(IDLE + 10 * SECOND);
    assertEquals(CloseReason.By.SILENCE, world.heardByAlice.closed().orElseThrow().by());
    assertTrue(world.heardByBob.heard(LinkEvent.Closed.class));
    world.run(10 * SECOND);
    assertEquals(0, world.alice.links.size() + world.bob.links.size());
  }

  @Test
  void without_an_idle_timeout_they_stay() {
    var endless = LinkOptions.DEFAULT.withIdleTimeout(Duration.ZERO);
    var world = new TwoHosts(endless, endless, ANYBODY).over(Shape.usual());
    var ends = world.established();
    world.run(24 * 3600 * SECOND);
    long stream = TwoHosts.say(world.alice, ends.alice(), "good morning");
    world.run(SECOND);
    assertEquals("good morning", world.heardByBob.text(stream));
  }

  @Test
  void pings_keep_a_silent_link() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    for (int i = 0; i < 20; i++) {
      world.alice.turn(ends.alice()::ping);
      world.run(IDLE / 3);
    }
    assertEquals(20, world.heardByAlice.all(LinkEvent.Pong.class).size());
    assertFalse(world.heardByAlice.heard(LinkEvent.Closed.class));
    assertFalse(world.heardByBob.heard(LinkEvent.Closed.class));
  }

  @Test
  void nothing_can_be_done_with_what_is_over() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    long stream = TwoHosts.say(world.alice, ends.alice(), "first");
    world.run(SECOND);
    var over = ends.alice();
    world.alice.turn(() -> over.close(CODE, "done"));
    world.alice.turn(
        () -> {
          assertEquals(Streams.GONE, over.write(stream, new byte[1], 0, 1));
          assertEquals(Streams.GONE, over.read(stream, new byte[1], 0, 1));
          assertFalse(over.sendDatagram(new byte[1], 0, 1));
          over.finish(stream);
          over.reset(stream, 1);
          over.stop(stream, 1);
          over.ping();
          over.close(CODE, "done twice");
          over.closeWhenFlushed(CODE, "done thrice");
        });
    world.run(20 * SECOND);
    assertEquals("done", world.heardByAlice.closed().orElseThrow().text());
    assertEquals(1, world.heardByAlice.all(LinkEvent.Closed.class).size());
  }

  @Test
  void keys_that_are_used_up_seal_nothing_more() {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    WornKeys.wear(ends.alice().keys().orElseThrow(), DataKeys.EXHAUSTED_AFTER_PACKETS);
    long sent = world.alice.sent();
    TwoHosts.say(world.alice, ends.alice(), "one too many");
    world.run(SECOND);
    assertEquals(sent, world.alice.sent());
    assertEquals(
        Optional.of(CloseReason.CODE_EXHAUSTED),
        world.heardByAlice.closed().map(CloseReason::code));
  }
}
