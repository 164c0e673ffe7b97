package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.delay.Flood;
import dev.knothole.protocol.link.bench.delay.PathShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paths of 40 ms there and back.
record SlowPath(Effort effort, Path keys, long seed) implements Scene {
  private static final Duration ONE_WAY = Duration.ofMillis(20);
  private static final int FAST_QUEUE = 500_000;
  private static final int SLOW_QUEUE = 100_000;

  @Override
  public String title() {
    return "delay";
  }

  @Override
  public boolean suits(Contestant contestant) {
    return contestant.speaksDatagrams();
  }

  @Override
  public Stage open(Contestant contestant) throws IOException {
    return Stage.throughPath(contestant, keys, seed);
  }

  @Override
  public List<Step> steps() {
    return List.of(
        step(Cell.DELAY_0, PathShape.unlimited(ONE_WAY, 0)),
        step(Cell.DELAY_1, PathShape.unlimited(ONE_WAY, 0.01)),
        step(Cell.DELAY_5, PathShape.unlimited(ONE_WAY, 0.05)),
        step(Cell.FAST_0, PathShape.limited(ONE_WAY, 100, FAST_QUEUE, 0)),
        step(Cell.FAST_1, PathShape.limited(ONE_WAY, 100, FAST_QUEUE, 0.01)),
        step(Cell.SLOW_0, PathShape.limited(ONE_WAY, 20, SLOW_QUEUE, 0)));
  }

  /// What no contestant can exceed.
  String ceiling() throws IOException {
    try (var flood = new Flood();
        var programs = new Programs()) {
      var path = programs.delay(flood.receivingPort(), seed);
      int port = Integer.parseInt(path.read(Stage.LIMIT));
      // The first one only warms the path up.
      flood.through(port, Flood.ONE, effort.measured());
      double one = flood.through(port, Flood.ONE, effort.measured());
      double many = flood.through(port, Flood.MANY, effort.measured());
      return "The delayed path itself carries "
          + Report.number(one)
          + " MB/s of single datagrams, and "
          + Report.number(many)
          + " MB/s from senders with segmentation offload.";
    }
  }

  private Step step(Cell cell, PathShape shape) {
    return new Step(Set.of(cell), stage -> Map.of(cell, measure(stage, shape)));
  }

  private double measure(Stage stage, PathShape shape) throws IOException {
    stage.tellPath("shape " + shape);
    return Flows.flow(stage, Loopback.CHUNK, effort.pathWarm(), effort.pathMeasured());
  }
}
