package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.stream.Priority;
import org.junit.jupiter.api.Test;

/// When a few bytes leave at once, and when they wait for company.
final class SmallWritesTest {
  private static final int WRITES = 100;
  private static final long MILLIS = 1_000_000;

  private final TwoHosts world = new TwoHosts().over(Shape.usual());
  private final TwoHosts.Ends ends = world.established();

  /// @return how many datagrams left for so many writes of ten bytes within a moment
  private long written(Priority priority) {
    world.run(1000 * MILLIS);
    long before = world.line().sent(0);
    long stream = ends.alice().open(priority).orElseThrow();
    for (int i = 0; i < WRITES; i++) {
      world.alice.turn(() -> ends.alice().write(stream, new byte[10], 0, 10));
    }
    world.run(MILLIS);
    long sent = world.line().sent(0) - before;
    world.run(1000 * MILLIS);
    assertEquals(10L * WRITES, world.heardByBob.bytes(stream).length);
    return sent;
  }

  @Test
  void small_writes_within_a_moment_share_packets() {
    long sent = written(Priority.NORMAL);
    assertTrue(sent <= 3, sent + " datagrams");
  }

  @Test
  void packets_that_fill_within_a_moment_wait_for_a_batch() {
    world.run(1000 * MILLIS);
    long before = world.line().sent(0);
    long stream = ends.alice().open(Priority.NORMAL).orElseThrow();
    // After the first, more than a packet and less than a quarter of the window, which is a batch.
    for (int i = 0; i < 40; i++) {
      world.alice.turn(() -> ends.alice().write(stream, new byte[50], 0, 50));
    }
    assertEquals(1, world.line().sent(0) - before, "only the first has left");
    world.run(MILLIS);
    assertEquals(3, world.line().sent(0) - before);
    world.run(1000 * MILLIS);
    assertEquals(2000, world.heardByBob.bytes(stream).length);
  }

  @Test
  void what_is_urgent_waits_for_nothing() {
    assertEquals(WRITES, written(Priority.URGENT));
  }

  @Test
  void a_lone_write_leaves_at_once() {
    world.run(1000 * MILLIS);
    long before = world.line().sent(0);
    long stream = ends.alice().open(Priority.NORMAL).orElseThrow();
    world.alice.turn(() -> ends.alice().write(stream, new byte[10], 0, 10));
    assertEquals(1, world.line().sent(0) - before);
  }
}
