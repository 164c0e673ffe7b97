package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.SimulatedPath;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.sim.VirtualTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole transfers over simulated paths, in virtual time.
class SimulationTest {
  private static final int ENDLESS = 1 << 30;
  private static final long QUEUE = 100_000;

  enum Kind {
    CUBIC,
    BBR;

    CongestionController make(long seed) {
      return switch (this) {
        case CUBIC -> new Cubic(Transfer.SIZE);
        case BBR -> new Bbr(Transfer.SIZE, new SplittableRandom(seed));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_link_is_filled_after_start_up(Kind kind) {
    for (long queue = QUEUE; queue <= 4 * QUEUE; queue *= 2) {
      double share = utilisation(kind, Shape.of(20, 40, queue, 0), 1);
      assertTrue(share >= 0.85, kind + " used " + share + " with a queue of " + queue);
    }
  }

  @Test
  void random_loss_stops_cubic_but_not_bbr() {
    for (long seed = 1; seed <= 5; seed++) {
      double bbr = utilisation(Kind.BBR, Shape.of(20, 40, QUEUE, 0.01), seed);
      double cubic = utilisation(Kind.CUBIC, Shape.of(20, 40, QUEUE, 0.01), seed);
      assertTrue(bbr >= 0.6, "BBR used " + bbr + ", seed " + seed);
      assertTrue(cubic < 0.5, "CUBIC used " + cubic + ", seed " + seed);
    }
  }

  @Test
  void bbr_fills_a_link_that_loses_five_percent_whatever_is_sent() {
    for (long seed = 1; seed <= 5; seed++) {
      double share = utilisation(Kind.BBR, Shape.of(20, 40, QUEUE, 0.05), seed);
      assertTrue(share >= 0.75, "BBR used " + share + ", seed " + seed);
    }
  }

  @Test
  void bbr_does_not_flood_a_shallow_queue() {
    for (long queue = QUEUE / 10; queue <= QUEUE; queue += QUEUE / 10) {
      VirtualTime world = new VirtualTime();
      Transfer transfer = overClearWayBack(world, Shape.of(20, 40, queue, 0), Kind.BBR, queue);
      transfer.start(0);
      world.runUntil(20 * SECOND);
      double lost = transfer.lostPackets() / (double) transfer.sentPackets();
      assertTrue(lost <= 0.03, "lost " + lost + " with a queue of " + queue);
      assertTrue(transfer.delivered() >= 0.8 * 20 * 2_500_000 / Transfer.SIZE, "queue " + queue);
    }
  }

  @Test
  void bbr_leaves_cubic_its_share() {
    for (long queue = QUEUE / 2; queue <= 2 * QUEUE; queue *= 2) {
      VirtualTime world = new VirtualTime();
      Shape shape = Shape.of(10, 40, queue, 0);
      SimulatedPath forward = new SimulatedPath(world, shape, 1);
      SimulatedPath back = new SimulatedPath(world, shape.back(), 2);
      Transfer bbr = new Transfer(world, forward, back, Kind.BBR.make(3), ENDLESS, false);
      Transfer cubic = new Transfer(world, forward, back, Kind.CUBIC.make(4), ENDLESS, false);
      bbr.start(0);
      cubic.start(0);
      world.runUntil(40 * SECOND);
      double share = cubic.delivered() / (double) (cubic.delivered() + bbr.delivered());
      assertTrue(share >= 0.2 && share <= 0.8, "CUBIC has " + share + ", queue " + queue);
    }
  }

  @Test
  void bbr_dips_every_ten_seconds_to_see_the_empty_path() {
    VirtualTime world = new VirtualTime();
    Bbr bbr = new Bbr(Transfer.SIZE, new SplittableRandom(1));
    Shape shape = Shape.of(20, 40, QUEUE, 0);
    SimulatedPath forward = new SimulatedPath(world, shape, 1);
    SimulatedPath back = new SimulatedPath(world, shape.back(), 2);
    new Transfer(world, forward, back, bbr, ENDLESS, false).start(0);
    Set<BbrState> seen = EnumSet.noneOf(BbrState.class);
    int dips = 0;
    BbrState before = bbr.state();
    while (world.now() < 45 * SECOND && world.step()) {
      seen.add(bbr.state());
      dips += bbr.state() == BbrState.PROBE_RTT && before != BbrState.PROBE_RTT ? 1 : 0;
      before = bbr.state();
    }
    assertEquals(EnumSet.allOf(BbrState.class), seen);
    assertTrue(dips >= 2 && dips <= 4, dips + " dips");
  }

  @Test
  void bbr_keeps_the_queue_short_however_deep_it_is() {
    for (long queue = QUEUE; queue <= 16 * QUEUE; queue *= 4) {
      double mean = meanQueue(Kind.BBR, queue);
      assertTrue(mean <= 0.35 * QUEUE, "mean queue of " + mean + " in " + queue);
    }
  }

  @Test
  void cubic_leaves_the_queue_some_air() {
    for (long queue = QUEUE; queue <= 4 * QUEUE; queue *= 2) {
      double mean = meanQueue(Kind.CUBIC, queue);
      assertTrue(mean <= 0.9 * queue, "mean queue of " + mean + " in " + queue);
    }
  }

  @ParameterizedTest
  @EnumSource
  void two_flows_share_a_link(Kind kind) {
    for (long seed = 1; seed <= 3; seed++) {
      VirtualTime shared = new VirtualTime();
      Shape shape = Shape.of(10, 40, QUEUE, 0);
      SimulatedPath forward = new SimulatedPath(shared, shape, seed);
      SimulatedPath back = new SimulatedPath(shared, shape.back(), seed);
      Transfer first = new Transfer(shared, forward, back, kind.make(seed), ENDLESS, false);
      Transfer second = new Transfer(shared, forward, back, kind.make(-seed), ENDLESS, false);
      first.start(0);
      shared.at(3 * SECOND, () -> second.start(0));
      shared.runUntil(20 * SECOND);
      int firstBefore = first.delivered();
      int secondBefore = second.delivered();
      shared.runUntil(50 * SECOND);
      double a = first.delivered() - firstBefore;
      double b = second.delivered() - secondBefore;
      String shares = kind + " shared " + a + " to " + b + ", seed " + seed;
      assertTrue(a / b <= 2.5 && b / a <= 2.5, shares);
      assertTrue((a + b) * Transfer.SIZE >= 0.85 * 30 * shape.rate(), shares);
    }
  }

  @ParameterizedTest
  @EnumSource
  void after_a_black_hole_data_flows_again(Kind kind) {
    for (long seed = 1; seed <= 50; seed++) {
      VirtualTime dark = new VirtualTime();
      Shape shape = Shape.of(5, 20, QUEUE / 2, 0);
      SimulatedPath forward = new SimulatedPath(dark, shape, seed);
      SimulatedPath back = new SimulatedPath(dark, shape.back(), seed);
      Transfer transfer = new Transfer(dark, forward, back, kind.make(seed), ENDLESS, false);
      long from = 2 * SECOND + new SplittableRandom(seed).nextLong(SECOND);
      forward.blackHole(from, from + 5 * SECOND);
      back.blackHole(from, from + 5 * SECOND);
      transfer.start(0);
      dark.runUntil(from + 5 * SECOND);
      int before = transfer.delivered();
      dark.runUntil(from + 5 * SECOND + 3 * SECOND / 2);
      int after = transfer.delivered() - before;
      assertTrue(after >= 20, kind + " delivered " + after + ", seed " + seed);
      dark.runUntil(from + 10 * SECOND);
      int later = transfer.delivered();
      dark.runUntil(from + 13 * SECOND);
      double share = (transfer.delivered() - later) * 1200.0 / (3 * shape.rate());
      assertTrue(share >= 0.8, kind + " used " + share + " afterwards, seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_packet_is_settled_once_and_the_world_falls_silent(Kind kind) {
    for (long seed = 0; seed < 200; seed++) {
      try {
        transferOverAnything(kind, seed);
      } catch (AssertionError e) {
        throw new AssertionError(kind + ", seed " + seed, e);
      }
    }
  }

  private static void transferOverAnything(Kind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    VirtualTime world = new VirtualTime();
    Shape shape = anyShape(random);
    SimulatedPath forward = new SimulatedPath(world, shape, seed);
    SimulatedPath back = new SimulatedPath(world, shape.back(), seed + 1);
    Transfer transfer = new Transfer(world, forward, back, kind.make(seed), 0, true);
    transfer.start(200);
    world.at(random.nextLong(3 * SECOND), () -> transfer.start(200));
    int steps = 0;
    while (world.step()) {
      steps++;
      assertTrue(steps < 200_000, "the world never falls silent");
    }
    assertTrue(transfer.isComplete());
    assertEquals(0, transfer.flight().inFlight());
    assertEquals(0, transfer.detector().outstanding());
    assertEquals(LossDetector.NEVER, transfer.detector().nextTimeout());
    assertFalse(transfer.lostPackets() > transfer.sentPackets());
  }

  private static Shape anyShape(SplittableRandom random) {
    return new Shape(
        random.nextLong(20_000, 5_000_000),
        random.nextLong(1_000, SECOND / 5),
        random.nextLong(12_000, 200_000),
        Trouble.any(0.3, random));
  }

  private static double utilisation(Kind kind, Shape shape, long seed) {
    VirtualTime world = new VirtualTime();
    Transfer transfer = overClearWayBack(world, shape, kind, seed);
    transfer.start(0);
    world.runUntil(3 * SECOND);
    int before = transfer.delivered();
    world.runUntil(13 * SECOND);
    return (transfer.delivered() - before) * (double) Transfer.SIZE / (10 * shape.rate());
  }

  private static Transfer overClearWayBack(VirtualTime world, Shape shape, Kind kind, long seed) {
    Shape clear = shape.back().with(Trouble.NONE);
    SimulatedPath forward = new SimulatedPath(world, shape, seed);
    SimulatedPath back = new SimulatedPath(world, clear, -seed);
    return new Transfer(world, forward, back, kind.make(seed), ENDLESS, false);
  }

  private static double meanQueue(Kind kind, long queue) {
    VirtualTime world = new VirtualTime();
    Shape shape = Shape.of(20, 40, queue, 0);
    SimulatedPath forward = new SimulatedPath(world, shape, 1);
    SimulatedPath back = new SimulatedPath(world, shape.back(), 2);
    new Transfer(world, forward, back, kind.make(1), ENDLESS, false).start(0);
    world.runUntil(3 * SECOND);
    forward.meanQueue();
    world.runUntil(25 * SECOND);
    return forward.meanQueue();
  }
}
