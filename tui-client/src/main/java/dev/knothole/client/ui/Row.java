package dev.knothole.client.ui;

import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.Graphemes;

/// Fitting text into a number of columns.
final class Row {
  private Row() {}

  /// As much of the text as fits, with `…` for the rest.
  static String cut(String text, int columns, CellWidth widths) {
    if (widths.of(text) <= columns) {
      return text;
    }
    var cut = new StringBuilder();
    int used = 0;
    for (var cluster : Graphemes.of(text)) {
      int width = widths.of(cluster);
      if (used + width > columns - 1) {
        break;
      }
      cut.append(cluster);
      used += width;
    }
    return columns < 1 ? "" : cut.append('…').toString();
  }

  /// Exactly so many columns: cut, or filled up with blanks.
  static String fit(String text, int columns, CellWidth widths) {
    String cut = cut(text, columns, widths);
    return cut + " ".repeat(Math.max(0, columns - widths.of(cut)));
  }
}
