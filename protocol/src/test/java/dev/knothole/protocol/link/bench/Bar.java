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

  /// One word for each thing to be reached, for the first of ours that was measured; the others are
  /// there to compare. Empty without ours.
  String verdict(Cell cell) {
    return Arrays.stream(Contestant.values())
        .filter(contestant -> contestant.part() == Part.OURS && took(cell, contestant))
        .findFirst()
        .map(ours -> String.join("; ", verdicts(cell, ours)))
        .orElse("");
  }

  private boolean took(Cell cell, Contestant contestant) {
    return figures.of(cell, contestant).isPresent() || figures.failures(cell, contestant) > 0;
  }

  private List<String> verdicts(Cell cell, Contestant ours) {
    var verdicts = new ArrayList<String>();
    if (figures.failures(cell, ours) > 0) {
      verdicts.add("**NO**, failed");
    }
    figures
        .of(cell, ours)
        .ifPresent(
            spread -> {
              best(cell).ifPresent(best -> verdicts.add(against(cell, spread, best)));
              goal(cell, spread).ifPresent(verdicts::add);
            });
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
