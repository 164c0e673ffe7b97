package dev.knothole.protocol.link.bench;

import dev.knothole.protocol.link.bench.Figures.Spread;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The tables, in Markdown.
record Report(Figures figures, List<Contestant> contestants) {
  void print(PrintStream out) {
    for (var table : Cell.Table.values()) {
      var cells =
          Arrays.stream(Cell.values())
              .filter(cell -> cell.table() == table && figures.knows(cell))
              .toList();
      if (!cells.isEmpty()) {
        print(table, cells, out);
      }
    }
    figures.remarks().forEach(remark -> out.println("- " + remark));
  }

  private void print(Cell.Table table, List<Cell> cells, PrintStream out) {
    out.println("### " + table.title());
    out.println();
    var head = new ArrayList<>(List.of("", "unit"));
    contestants.forEach(contestant -> head.add(contestant.title()));
    head.add("bar");
    out.println(row(head));
    out.println("|---|---|" + "--:|".repeat(contestants.size()) + "---|");
    cells.forEach(cell -> out.println(row(columns(cell))));
    out.println();
  }

  private List<String> columns(Cell cell) {
    var columns = new ArrayList<>(List.of(cell.title(), cell.unit()));
    for (var contestant : contestants) {
      int failures = figures.failures(cell, contestant);
      var measured = figures.of(cell, contestant).map(Report::text);
      columns.add(
          failures == 0
              ? measured.orElse("-")
              : measured.map(text -> text + ", ").orElse("") + failures + " failed");
    }
    columns.add(new Bar(figures).verdict(cell));
    return columns;
  }

  private static String row(List<String> columns) {
    return "| " + String.join(" | ", columns) + " |";
  }

  private static String text(Spread spread) {
    return spread.low() == spread.high()
        ? number(spread.median())
        : "%s (%s-%s)"
            .formatted(number(spread.median()), number(spread.low()), number(spread.high()));
  }

  /// Three digits are more than the noise leaves.
  static String number(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
