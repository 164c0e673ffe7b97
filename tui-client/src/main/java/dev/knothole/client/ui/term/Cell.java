package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TextCharacter;
import dev.knothole.client.text.CellWidth;

/// One cell of the screen: a cluster and its pen.
///
/// A wide cluster takes two cells, itself and a *right half* that stands for its second column.
/// Immutable, with its hash computed once: whole rows of cells are compared in every frame.
final class Cell {
  static final Cell BLANK = new Cell(" ", 1, Pen.PLAIN);

  private static final String REPLACEMENT = "\uFFFD";

  private final String text;
  private final int columns;
  private final Pen pen;
  private final boolean risky;
  private final int hash;

  private Cell(String text, int columns, Pen pen) {
    this.text = text;
    this.columns = columns;
    this.pen = pen;
    this.risky = Risk.of(text);
    this.hash = (text.hashCode() * 31 + columns) * 31 + pen.hashCode();
  }

  /// A cell for a cluster of one or two columns. What a terminal would obey is shown as U+FFFD.
  static Cell of(String cluster, int columns, Pen pen) {
    if (cluster.equals(" ")) {
      return blank(pen);
    }
    return obeyed(cluster) || columns < 1
        ? new Cell(REPLACEMENT, 1, pen)
        : new Cell(cluster, columns, pen);
  }

  static Cell of(TextCharacter character, CellWidth widths) {
    String text = character.getCharacterString();
    var pen =
        Pen.of(
            character.getForegroundColor(),
            character.getBackgroundColor(),
            character.getModifiers());
    return of(text, widths.of(text, 0, text.length()), pen);
  }

  static Cell blank(Pen pen) {
    var quiet = pen.forBlank();
    return quiet.equals(Pen.PLAIN) ? BLANK : new Cell(" ", 1, quiet);
  }

  private static boolean obeyed(String cluster) {
    for (int at = 0; at < cluster.length(); at++) {
      char c = cluster.charAt(at);
      if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        return true;
      }
    }
    return cluster.isEmpty();
  }

  Cell rightHalf() {
    return new Cell("", 0, pen);
  }

  String text() {
    return text;
  }

  Pen pen() {
    return pen;
  }

  /// One or two; none for a right half.
  int columns() {
    return columns;
  }

  boolean isWide() {
    return columns == 2;
  }

  boolean isRightHalf() {
    return columns == 0;
  }

  boolean isBlank() {
    return columns == 1 && text.charAt(0) == ' ' && text.length() == 1;
  }

  /// Whether terminals disagree about the columns of this cluster.
  boolean isRisky() {
    return risky;
  }

  TextCharacter character() {
    String shown = columns == 0 ? " " : text;
    return TextCharacter.fromString(shown, pen.foreground(), pen.background(), pen.modifiers())[0];
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Cell cell
            && hash == cell.hash
            && columns == cell.columns
            && text.equals(cell.text)
            && pen.equals(cell.pen));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
