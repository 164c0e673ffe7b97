package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.world.SimulatedNat;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedNat.Filtering;
import dev.knothole.client.world.SimulatedNat.Mapping;
import dev.knothole.client.world.SimulatedNat.Ports;
import dev.knothole.client.world.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Every pair of NATs, in every weather.
class PunchingWorldTest {
  private static final int SEEDS = 4;

  @Test
  void two_peers_meet_through_every_pair_of_nats_that_physics_allows() {
    List<Behaviour> behaviours = behaviours();
    for (Behaviour alices : behaviours) {
      for (Behaviour bobs : behaviours) {
        for (long seed = 0; seed < SEEDS; seed++) {
          meet(new TwoHomes(seed, weather(seed), alices, bobs), alices, bobs);
        }
      }
    }
  }

  private static void meet(TwoHomes homes, Behaviour alices, Behaviour bobs) {
    homes.online();
    homes.alice.connect(homes.bob);
    Supplier<String> where = () -> alices + " x " + bobs + " in " + homes;
    if (SimulatedNat.directPathPossible(alices, bobs)) {
      homes.await(() -> haveMet(homes), "they meet through " + alices + " x " + bobs);
    } else {
      homes.world.runFor(Duration.ofSeconds(30));
      assertTrue(homes.alice.isClosed(homes.bob.id(), Link.Reason.NEVER_ANSWERED), where);
      assertFalse(homes.alice.everReported(homes.bob.id(), Link.Open.class), where);
      assertFalse(homes.bob.everReported(homes.alice.id(), Link.Open.class), where);
    }
    assertEquals(1, homes.alice.openOrNamed(), where);
    assertTrue(homes.bob.openOrNamed() <= 1, where);
  }

  /// An introduction that was lost leaves bob with an address in place of a name.
  private static boolean haveMet(TwoHomes homes) {
    return homes.alice.isOpen(homes.bob.id())
        && homes.bob.links().values().stream().anyMatch(Link.Open.class::isInstance);
  }

  private static Weather weather(long seed) {
    return seed == 0 ? Weather.FAIR : Weather.storm(0.2 * seed / (SEEDS - 1));
  }

  private static List<Behaviour> behaviours() {
    List<Behaviour> all = new ArrayList<>();
    for (Mapping mapping : Mapping.values()) {
      for (Filtering filtering : Filtering.values()) {
        for (Ports ports : Ports.values()) {
          all.add(new Behaviour(mapping, filtering, ports));
        }
      }
    }
    return all;
  }
}
