package dev.knothole.client.ui.term;

import java.util.HashMap;
import java.util.Map;

/// The cells already made, by pen and cluster: a screen holds few different ones and paints all of
/// them in every frame.
final class Inkwell {
  /// More pens than any theme has; a stranger's text brings clusters, not pens.
  private static final int MAX_PENS = 256;

  /// As many different clusters as the largest screen may show at once.
  private static final int MAX_CLUSTERS = 4096;

  private final Map<Pen, Ink> inks = new HashMap<>();

  Ink of(Pen pen) {
    if (inks.size() > MAX_PENS) {
      inks.clear();
    }
    return inks.computeIfAbsent(pen, Ink::new);
  }

  /// The cells of one pen.
  static final class Ink {
    private final Pen pen;
    private final Cell[] ascii = new Cell[0x80];
    private final Map<String, Cell> others = new HashMap<>();

    Ink(Pen pen) {
      this.pen = pen;
    }

    Cell ascii(char c) {
      var cell = ascii[c];
      if (cell == null) {
        cell = Cell.of(String.valueOf(c), 1, pen);
        ascii[c] = cell;
      }
      return cell;
    }

    Cell cell(String cluster, int columns) {
      if (others.size() > MAX_CLUSTERS) {
        others.clear();
      }
      return others.computeIfAbsent(cluster, text -> Cell.of(text, columns, pen));
    }
  }
}
