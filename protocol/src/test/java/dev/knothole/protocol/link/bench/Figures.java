package dev.knothole.protocol.link.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was measured so far.
final class Figures {
  /// One contestant's values in one cell.
  record Spread(double median, double low, double high) {
    static Spread of(List<Double> values) {
      var sorted = values.stream().sorted().toList();
      int half = sorted.size() / 2;
      double median = (sorted.get(half) + sorted.get((sorted.size() - 1) / 2)) / 2;
      return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
  }

  private final Map<Cell, Map<Contestant, List<Double>>> values = new EnumMap<>(Cell.class);
  private final Map<Cell, Map<Contestant, Integer>> failures = new EnumMap<>(Cell.class);
  private final List<String> remarks = new ArrayList<>();

  void add(Cell cell, Contestant contestant, double value) {
    values
        .computeIfAbsent(cell, _ -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, _ -> new ArrayList<>())
        .add(value);
  }

  void fail(Cell cell, Contestant contestant) {
    failures
        .computeIfAbsent(cell, _ -> new EnumMap<>(Contestant.class))
        .merge(contestant, 1, Integer::sum);
  }

  int failures(Cell cell, Contestant contestant) {
    return failures.getOrDefault(cell, Map.of()).getOrDefault(contestant, 0);
  }

  /// Why something is missing.
  void remark(String sentence) {
    if (!remarks.contains(sentence)) {
      remarks.add(sentence);
    }
  }

  Optional<Spread> of(Cell cell, Contestant contestant) {
    return Optional.ofNullable(values.getOrDefault(cell, Map.of()).get(contestant)).map(Spread::of);
  }

  boolean knows(Cell cell) {
    return values.containsKey(cell) || failures.containsKey(cell);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }
}
