package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.ANYBODY;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.WornKeys;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Keys are renewed under way, and nothing above notices.
final class KeyUpdateTest {
  private static final LinkOptions ENDLESS = LinkOptions.DEFAULT.withIdleTimeout(Duration.ZERO);
  private static final Shape ROUGH = Shape.usual().with(new Trouble(0.1, 0.01, 5, 0.2, 0.1, 0.02));

  private static long generation(Connection connection) {
    return connection.keys().orElseThrow().generation();
  }

  private static byte[] letter(int length) {
    byte[] bytes = new byte[length];
    new Random(2).nextBytes(bytes);
    return bytes;
  }

  @Test
  void after_many_packets_in_the_middle_of_a_transfer() {
    var slow = new Shape(100_000, ROUGH.delay(), ROUGH.queue(), ROUGH.trouble());
    var world = new TwoHosts().over(slow);
    var ends = world.established();
    byte[] letter = letter(2_000_000);
    long stream = TwoHosts.send(world.alice, ends.alice(), letter);
    for (int i = 1; i <= 2; i++) {
      long before = world.heardByBob.total();
      WornKeys.wear(ends.alice().keys().orElseThrow(), DataKeys.UPDATE_AFTER_PACKETS);
      int wanted = i;
      world.runUntil(() -> generation(ends.bob()) == wanted);
      assertTrue(world.heardByBob.total() < letter.length, "the transfer was over already");
      assertTrue(world.heardByBob.total() >= before);
      world.run(DataKeys.KEEP_LAST_NANOS);
    }
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertArrayEquals(letter, world.heardByBob.bytes(stream));
    assertEquals(2, generation(ends.alice()));
  }

  @Test
  void after_an_hour_with_traffic_over_a_rough_path() {
    var world = new TwoHosts(ENDLESS, ENDLESS, ANYBODY).over(ROUGH);
    var ends = world.established();
    for (int minute = 0; minute < 200; minute++) {
      long there = TwoHosts.send(world.alice, ends.alice(), letter(5_000));
      long back = TwoHosts.send(world.bob, ends.bob(), letter(3_000));
      world.run(60 * SECOND);
      assertArrayEquals(letter(5_000), world.heardByBob.bytes(there), "minute " + minute);
      assertArrayEquals(letter(3_000), world.heardByAlice.bytes(back), "minute " + minute);
      TwoHosts.close(world.alice, ends.alice(), back);
      TwoHosts.close(world.bob, ends.bob(), there);
    }
    assertEquals(3, generation(ends.alice()));
    assertEquals(3, generation(ends.bob()));
  }

  @Test
  void a_link_that_was_silent_for_hours_speaks_again() {
    var world = new TwoHosts(ENDLESS, ENDLESS, ANYBODY).over(Shape.usual());
    var ends = world.established();
    for (int i = 0; i < 3; i++) {
      world.run(5 * 3600 * SECOND);
      long stream = TwoHosts.say(world.alice, ends.alice(), "still here");
      world.run(5 * SECOND);
      assertEquals("still here", world.heardByBob.text(stream));
      long answer = TwoHosts.say(world.bob, ends.bob(), "so am I");
      world.run(5 * SECOND);
      assertEquals("so am I", world.heardByAlice.text(answer));
    }
    assertEquals(generation(ends.alice()), generation(ends.bob()));
    assertTrue(generation(ends.alice()) >= 2, "generation " + generation(ends.alice()));
  }
}
