package dev.knothole.protocol.link.bench;

import static dev.knothole.protocol.link.bench.Cell.HOLE;
import static dev.knothole.protocol.link.bench.Cell.HOLE_RATE;
import static dev.knothole.protocol.link.bench.Cell.REBIND_PAUSE;
import static dev.knothole.protocol.link.bench.Cell.REBIND_RATE;
import static dev.knothole.protocol.link.bench.Cell.SWAP_PAUSE;
import static dev.knothole.protocol.link.bench.Cell.SWAP_RATE;

import dev.knothole.protocol.link.bench.delay.PathShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A path of 20 ms and 200 Mbit to which things happen while bytes flow. A pause is the longest
/// within the time watched after the event, so a flow that stalls has one of nearly that time.
record Events(Effort effort, Path keys, long seed) implements Scene {
  /// The queue holds as much as is under way.
  private static final PathShape PATH = PathShape.limited(Duration.ofMillis(10), 200, 500_000, 0);

  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;
  private static final double MICRO = 1e3;

  @Override
  public String title() {
    return "events";
  }

  @Override
  public boolean suits(Contestant contestant) {
    return contestant.speaksDatagrams();
  }

  @Override
  public Stage open(Contestant contestant) throws IOException {
    var stage = Stage.throughPath(contestant, keys, seed);
    stage.tellPath("shape " + PATH);
    return stage;
  }

  @Override
  public List<Step> steps() {
    return List.of(
        new Step(Set.of(REBIND_PAUSE, REBIND_RATE), this::rebind),
        new Step(Set.of(HOLE, HOLE_RATE), this::hole),
        new Step(Set.of(SWAP_PAUSE, SWAP_RATE), this::swap));
  }

  private Map<Cell, Double> rebind(Stage stage) throws IOException {
    watch(stage, effort.aroundEvent());
    long moment = System.nanoTime();
    stage.tellPath("rebind");
    stage.tell("watched", effort.hole());
    return Map.of(REBIND_PAUSE, pauseAfter(stage, moment), REBIND_RATE, rateAfter(stage, moment));
  }

  private Map<Cell, Double> hole(Stage stage) throws IOException {
    watch(stage, effort.hole().multipliedBy(2));
    stage.tellPath("hole open");
    pass(effort.hole());
    long moment = System.nanoTime();
    stage.tellPath("hole closed");
    stage.tell("watched", effort.hole());
    double until = stage.ask("after " + moment, Duration.ZERO)[0] / SECOND;
    return Map.of(HOLE, until, HOLE_RATE, rateAfter(stage, moment));
  }

  /// The direct path has neither delay nor bottleneck.
  private Map<Cell, Double> swap(Stage stage) throws IOException {
    watch(stage, effort.aroundEvent());
    long moment = System.nanoTime();
    stage.tell("move " + Stage.LOOPBACK + " " + stage.servedPort(), Duration.ZERO);
    stage.tell("watched", effort.hole());
    return Map.of(SWAP_PAUSE, pauseAfter(stage, moment), SWAP_RATE, rateAfter(stage, moment));
  }

  /// Returns when it is time for the event.
  private void watch(Stage stage, Duration after) throws IOException {
    var whole = effort.aroundEvent().plus(after);
    stage.tell("watch " + whole.toMillis(), whole);
    pass(effort.aroundEvent());
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private double pauseAfter(Stage stage, long moment) throws IOException {
    return stage.ask("pause " + after(moment), Duration.ZERO)[0] / MILLI;
  }

  /// In megabytes per second.
  private double rateAfter(Stage stage, long moment) throws IOException {
    long bytes = stage.ask("between " + after(moment), Duration.ZERO)[0];
    return bytes * MICRO / effort.aroundEvent().toNanos();
  }

  private String after(long moment) {
    return moment + " " + (moment + effort.aroundEvent().toNanos());
  }
}
