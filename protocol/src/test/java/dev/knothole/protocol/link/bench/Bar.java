package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.Contestant.Part;
import dev.knothole.protocol.link.bench.Figures.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the link has to reach in a cell: the best of the yardsticks, within the noise of repeated
/// runs, and in some cells more.
record Bar(Figures figures) {
  private static final double BULK_OVER_NIO = 3;
  private static final double CPU_OVER_NIO = 2;
  private static final double MEGABYTES_RESIDENT = 80;
  private static final double ECHO_MICROS = 60;
  private static final double SECONDS_TO_RESUME = 1.5;

  /// One word for each thing to be reached; empty without figures of ours.
  String verdict(Cell cell) {
    var ours =
        Arrays.stream(Contestant.values())
            .filter(contestant -> contestant.part() == Part.OURS)
            .flatMap(contestant -> figures.of(cell, contestant).stream())
            .findAny();
    return ours.map(spread -> String.join("; ", verdicts(cell, spread))).orElse("");
  }

  private List<String> verdicts(Cell cell, Spread ours) {
    var verdicts = new ArrayList<String>();
    best(cell).ifPresent(best -> verdicts.add(against(cell, ours, best)));
    goal(cell, ours).ifPresent(verdicts::add);
    return verdicts;
  }

  private Optional<Spread> best(Cell cell) {
    return Arrays.stream(Contestant.values())
        .filter(contestant -> contestant.part() == Part.YARDSTICK)
        .flatMap(contestant -> figures.of(cell, contestant).stream())
        .max(Comparator.comparingDouble(spread -> cell.advantage(spread.median(), 1)));
  }

  private static String against(Cell cell, Spread ours, Spread best) {
    double times = cell.advantage(ours.median(), best.median());
    boolean overlap = ours.high() >= best.low() && ours.low() <= best.high();
    String word = times >= 1 ? "yes" : overlap ? "within noise" : "**NO**";
    return String.format(Locale.ROOT, "%s, ×%.2f", word, times);
  }

  private Optional<String> goal(Cell cell, Spread ours) {
    return switch (cell) {
      case BULK -> overNio(cell, ours, BULK_OVER_NIO);
      case BULK_CPU -> overNio(cell, ours, CPU_OVER_NIO);
      case MEMORY -> Optional.of(atMost(cell, ours, MEGABYTES_RESIDENT));
      case ECHO_P50 -> Optional.of(atMost(cell, ours, ECHO_MICROS));
      case HOLE -> Optional.of(atMost(cell, ours, SECONDS_TO_RESUME));
      default -> Optional.empty();
    };
  }

  private Optional<String> overNio(Cell cell, Spread ours, double times) {
    return figures
        .of(cell, Contestant.NETTY_NIO)
        .map(nio -> cell.advantage(ours.median(), nio.median()))
        .map(reached -> reached(reached >= times, "×%.1f of NIO".formatted(reached)));
  }

  private static String atMost(Cell cell, Spread ours, double most) {
    return reached(ours.median() <= most, "at most " + most + " " + cell.unit());
  }

  private static String reached(boolean reached, String what) {
    return (reached ? "yes, " : "**NO**, ") + what;
  }
}
