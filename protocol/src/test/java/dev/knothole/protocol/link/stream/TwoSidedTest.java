package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Whole connections, as far as streams go, in a simulated world.
final class TwoSidedTest {
  @Test
  void every_byte_arrives_once_and_in_order_and_nothing_is_kept_in_the_end() {
    for (long seed = 0; seed < 1_000; seed++) {
      run(seed, TwoSidedTest::bringToAnEnd);
    }
  }

  /// Otherwise the worlds above were too easy.
  @Test
  void memory_runs_out_in_many_a_world() {
    int refused = 0;
    int turnedAway = 0;
    for (long seed = 0; seed < 200; seed++) {
      var world = new World(seed);
      for (int i = 0; i < 600; i++) {
        world.step();
      }
      refused += world.refused > 0 ? 1 : 0;
      turnedAway += world.turnedAway > 0 ? 1 : 0;
    }
    assertTrue(refused >= 20, "only " + refused + " refused a packet");
    assertTrue(turnedAway >= 50, "only " + turnedAway + " turned a writer away");
  }

  private static void bringToAnEnd(World world) {
    world.becomeFair();
    for (int step = 0; !world.isOver(); step++) {
      assertTrue(step < 200_000, "a deadlock");
      world.client.conclude();
      world.server.conclude();
      world.step();
    }
    world.checkNothingIsKept();
  }

  @Test
  void a_connection_that_breaks_gives_everything_back() {
    for (long seed = 0; seed < 1_000; seed++) {
      run(
          seed,
          world -> {
            world.client.streams.close();
            world.server.streams.close();
            world.checkNothingIsKept();
          });
    }
  }

  private static void run(long seed, java.util.function.Consumer<World> ending) {
    try {
      var world = new World(seed);
      int steps = world.random.nextInt(600);
      for (int i = 0; i < steps; i++) {
        world.step();
      }
      ending.accept(world);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
