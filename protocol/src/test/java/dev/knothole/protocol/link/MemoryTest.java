package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.ANYBODY;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.sim.Shape;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a link costs while nobody says anything, with all that these tests keep for it: some 5.7 KB
/// for each end were measured on a 64-bit JDK 25.
final class MemoryTest {
  /// What is promised for each end.
  private static final long PROMISED = 8 << 10;

  private static final LinkOptions ENDLESS = LinkOptions.DEFAULT.withIdleTimeout(Duration.ZERO);

  @Test
  void an_idle_connection_keeps_less_than_was_promised() {
    assertKeepsLittle(250, 20);
  }

  @Test
  void a_connection_gives_back_what_a_burst_has_taken() {
    assertKeepsLittle(60, 200_000);
  }

  /// A first few fill the pool of buffers, load the classes, and leave their arrays grown.
  private static void assertKeepsLittle(int links, int letter) {
    talk(new TwoHosts(ENDLESS, ENDLESS, ANYBODY).over(Shape.usual()), 0, 20, letter);
    var world = new TwoHosts(ENDLESS, ENDLESS, ANYBODY).over(Shape.usual());
    var first = talk(world, 1, 20, 500_000);
    long before = used();
    var connections = talk(world, 2, links, letter);
    long bytes = (used() - before) / (2L * links);
    try {
      assertTrue(bytes < PROMISED, bytes + " bytes");
    } finally {
      Reference.reachabilityFence(first);
      Reference.reachabilityFence(connections);
      Reference.reachabilityFence(world);
    }
  }

  /// Links over which something was said in both directions, and then nothing more.
  private static List<Connection> talk(TwoHosts world, int kind, int links, int letter) {
    List<Connection> connections = new ArrayList<>(2 * links);
    for (int i = 0; i < links; i++) {
      var ends = establish(world, 1_000_000L * kind + 10L * i);
      connections.add(ends.alice());
      connections.add(ends.bob());
      long stream = TwoHosts.send(world.alice, ends.alice(), new byte[letter]);
      TwoHosts.say(world.bob, ends.bob(), "its answer");
      world.run(2 * SECOND);
      TwoHosts.close(world.bob, ends.bob(), stream);
      world.run(SECOND);
    }
    world.heardByAlice.forget();
    world.heardByBob.forget();
    world.run(5 * SECOND);
    return connections;
  }

  private static TwoHosts.Ends establish(TwoHosts world, long id) {
    byte[] bytes = new byte[32];
    new SeededRandom(id).nextBytes(bytes);
    var secret = new LinkSecret(bytes);
    return new TwoHosts.Ends(
        world.establish(world.alice, Role.CLIENT, id + 1, id + 2, secret),
        world.establish(world.bob, Role.SERVER, id + 2, id + 1, secret));
  }

  /// Collects until a whole round has brought nothing: what is softly held goes late.
  private static long used() {
    var runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int fruitless = 0; fruitless < 5; fruitless++) {
      System.gc();
      long used = runtime.totalMemory() - runtime.freeMemory();
      if (used < least - 1_000) {
        least = used;
        fruitless = 0;
      }
    }
    return least;
  }
}
