package dev.knothole.protocol.link.bench;

import static dev.knothole.protocol.link.bench.Cell.BULK;
import static dev.knothole.protocol.link.bench.Cell.BULK_CPU;
import static dev.knothole.protocol.link.bench.Cell.COLD;
import static dev.knothole.protocol.link.bench.Cell.CROWD;
import static dev.knothole.protocol.link.bench.Cell.CROWD_MEMORY;
import static dev.knothole.protocol.link.bench.Cell.CROWD_SERVED;
import static dev.knothole.protocol.link.bench.Cell.ECHO_P50;
import static dev.knothole.protocol.link.bench.Cell.ECHO_P99;
import static dev.knothole.protocol.link.bench.Cell.MEMORY;
import static dev.knothole.protocol.link.bench.Cell.MESSAGES;
import static dev.knothole.protocol.link.bench.Cell.WARM;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Nothing between the ends: what the code itself costs.
record Loopback(Effort effort, Path keys) implements Scene {
  static final int CHUNK = 64 << 10;
  static final int MESSAGE = 100;
  private static final int CROWD_SIZE = 50;
  private static final double MILLI = 1e6;
  private static final double MICRO = 1e3;
  private static final double GIGABYTE = 1e9;

  /// Nobody is so slow that it takes longer.
  private static final Duration LONG = Duration.ofMinutes(3);

  @Override
  public String title() {
    return "loopback";
  }

  @Override
  public boolean suits(Contestant contestant) {
    return true;
  }

  @Override
  public Stage open(Contestant contestant) throws IOException {
    return Stage.direct(contestant, keys, Stage.Place.HERE, Stage.Place.HERE);
  }

  @Override
  public List<Step> steps() {
    return List.of(
        new Step(Set.of(COLD), stage -> Map.of(COLD, stage.firstReply().toNanos() / MILLI)),
        new Step(Set.of(MEMORY), stage -> Map.of(MEMORY, stage.resident())),
        new Step(Set.of(BULK, BULK_CPU), this::bulk),
        new Step(Set.of(ECHO_P50, ECHO_P99), this::echo),
        new Step(Set.of(MESSAGES), this::messages),
        new Step(Set.of(WARM), this::connects),
        new Step(Set.of(CROWD, CROWD_MEMORY, CROWD_SERVED), this::crowd));
  }

  private Map<Cell, Double> bulk(Stage stage) throws IOException {
    Flows.flow(stage, CHUNK, effort.warm(), Duration.ofMillis(1));
    double before = stage.cpuSeconds();
    long nanos = stage.ask("bulk " + CHUNK + " " + effort.bulkBytes(), LONG)[0];
    double cpu = stage.cpuSeconds() - before;
    return Map.of(
        BULK, effort.bulkBytes() * MICRO / nanos, BULK_CPU, cpu * GIGABYTE / effort.bulkBytes());
  }

  private Map<Cell, Double> echo(Stage stage) throws IOException {
    long[] nanos = Flows.echo(stage, MESSAGE, effort.warm(), effort.measured());
    return Map.of(ECHO_P50, nanos[0] / MICRO, ECHO_P99, nanos[1] / MICRO);
  }

  private Map<Cell, Double> messages(Stage stage) throws IOException {
    double megabytes = Flows.flow(stage, MESSAGE, effort.warm(), effort.measured());
    return Map.of(MESSAGES, megabytes * 1_000 / MESSAGE);
  }

  private Map<Cell, Double> connects(Stage stage) throws IOException {
    String command = "connects " + effort.connects();
    stage.tell(command, LONG);
    return Map.of(WARM, stage.ask(command, LONG)[0] / MILLI);
  }

  private Map<Cell, Double> crowd(Stage stage) throws IOException {
    long nanos = stage.ask("crowd " + CROWD_SIZE + " " + effort.crowdBytes(), LONG)[0];
    double receiving = stage.measuring().residentMegabytes();
    double sending = stage.served().residentMegabytes();
    stage.tell("disperse", LONG);
    double bytes = (double) CROWD_SIZE * effort.crowdBytes();
    return Map.of(CROWD, bytes * MICRO / nanos, CROWD_MEMORY, receiving, CROWD_SERVED, sending);
  }
}
