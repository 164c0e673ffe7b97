package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.transport.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Measures everything in turn and prints the tables.
public final class LinkBenchmark {
  private static final long SEED = 20_261_121;

  private final Options options;
  private final Figures figures = new Figures();

  private LinkBenchmark(Options options) {
    this.options = options;
  }

  /// @param arguments as `scripts/bench --help` tells
  public static void main(String... arguments) throws IOException, GeneralSecurityException {
    try {
      new LinkBenchmark(Options.parse(arguments)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    }
  }

  private void run() throws IOException, GeneralSecurityException {
    var keys = Files.createTempDirectory("knothole-bench");
    keys.toFile().deleteOnExit();
    for (var file : Credentials.make(keys)) {
      file.toFile().deleteOnExit();
    }
    measure(keys);
    new Report(figures, options.contestants()).print(System.out);
  }

  private void measure(Path keys) throws IOException {
    var effort = options.effort();
    repeat(Stream.of(new Loopback(effort, keys)));
    var slowPath = new SlowPath(effort, keys, SEED);
    var events = new Events(effort, keys, SEED);
    if (carries(slowPath, events)) {
      repeat(Stream.of(slowPath, events));
    }
    lossyLink(keys);
  }

  private boolean carries(SlowPath slowPath, Scene events) {
    if (wanted(slowPath).isEmpty() && wanted(events).isEmpty()) {
      return false;
    }
    try {
      figures.remark(slowPath.ceiling());
      return true;
    } catch (IOException e) {
      figures.remark(
          "without delayed paths and events, which need root on Linux: " + e.getMessage());
      return false;
    }
  }

  /// Where it can be made.
  private void lossyLink(Path keys) throws IOException {
    if (!options.wants(Cell.LOSS_1) && !options.wants(Cell.LOSS_5)) {
      return;
    }
    try (var namespaces = Namespaces.make()) {
      repeat(Stream.of(new LossyLink(options.effort(), keys, namespaces)));
    } catch (IOException e) {
      figures.remark("without loss between namespaces, for root on Linux only: " + e.getMessage());
    }
  }

  /// Contestants take turns, so that whatever else the machine does meets all of them.
  private void repeat(Stream<Scene> scenes) {
    var wanted = scenes.filter(scene -> !wanted(scene).isEmpty()).toList();
    for (int repeat = 1; repeat <= options.effort().repeats(); repeat++) {
      for (var scene : wanted) {
        for (var contestant : options.contestants()) {
          if (scene.suits(contestant)) {
            perform(scene, contestant, repeat);
          }
        }
      }
    }
  }

  private List<Scene.Step> wanted(Scene scene) {
    return scene.steps().stream()
        .filter(step -> step.cells().stream().anyMatch(options::wants))
        .toList();
  }

  /// A step that fails leaves its programs in no state to go on with.
  private void perform(Scene scene, Contestant contestant, int repeat) {
    var left = new ArrayDeque<>(wanted(scene));
    while (!left.isEmpty()) {
      try (var stage = scene.open(contestant)) {
        while (!left.isEmpty()) {
          var measured = left.element().measurement().measure(stage);
          measured.forEach((cell, value) -> figures.add(cell, contestant, value));
          say(scene, contestant, repeat, text(measured));
          left.remove();
        }
      } catch (IOException e) {
        left.remove().cells().forEach(cell -> figures.fail(cell, contestant));
        say(scene, contestant, repeat, String.valueOf(e.getMessage()));
        figures.remark(contestant.title() + ", " + scene.title() + ": " + e.getMessage());
      }
    }
  }

  private void say(Scene scene, Contestant contestant, int repeat, String what) {
    System.err.printf(
        "bench: %d/%d %s, %s: %s%n",
        repeat, options.effort().repeats(), scene.title(), contestant.title(), what);
  }

  private static String text(Map<Cell, Double> measured) {
    return measured.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(cell -> Report.number(cell.getValue()) + " " + cell.getKey().unit())
        .collect(Collectors.joining(", "));
  }
}
