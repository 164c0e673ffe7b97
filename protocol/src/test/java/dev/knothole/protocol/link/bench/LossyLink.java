package dev.knothole.protocol.link.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two namespaces whose link is as quick as the kernel is, and loses packets.
record LossyLink(Effort effort, Path keys, Namespaces namespaces) implements Scene {
  private static final double MILLI = 1e6;

  @Override
  public String title() {
    return "namespaces";
  }

  @Override
  public boolean suits(Contestant contestant) {
    return true;
  }

  @Override
  public Stage open(Contestant contestant) throws IOException {
    namespaces.lose(0);
    return Stage.direct(contestant, keys, namespaces.left(), namespaces.right());
  }

  @Override
  public List<Step> steps() {
    return List.of(step(1, Cell.LOSS_1, Cell.LOSS_1_P99), step(5, Cell.LOSS_5, Cell.LOSS_5_P99));
  }

  private Step step(int percent, Cell bulk, Cell reply) {
    return new Step(Set.of(bulk, reply), stage -> measure(stage, percent, bulk, reply));
  }

  private Map<Cell, Double> measure(Stage stage, int percent, Cell bulk, Cell reply)
      throws IOException {
    namespaces.lose(percent);
    double rate = Flows.flow(stage, Loopback.CHUNK, effort.pathWarm(), effort.pathMeasured());
    long[] nanos = Flows.echo(stage, Loopback.MESSAGE, effort.pathWarm(), effort.pathMeasured());
    return Map.of(bulk, rate, reply, nanos[1] / MILLI);
  }
}
