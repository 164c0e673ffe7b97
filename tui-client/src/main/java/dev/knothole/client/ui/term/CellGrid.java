package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.text.CellWidth;
import java.util.Arrays;

/// A screen full of cells, never with half a wide one.
public final class CellGrid {
  private final int columns;
  private final int rows;
  private final CellWidth widths;
  private final Cell[] cells;
  private final Inkwell inkwell = new Inkwell();

  /// A blank grid.
  public CellGrid(TerminalSize size, CellWidth widths) {
    this.columns = size.getColumns();
    this.rows = size.getRows();
    this.widths = widths;
    this.cells = new Cell[columns * rows];
    clear();
  }

  /// A brush for the whole grid; it measures text in clusters and clips.
  public TextGraphics graphics() {
    return new CellGraphics(this, inkwell);
  }

  /// The size in cells.
  public TerminalSize size() {
    return new TerminalSize(columns, rows);
  }

  /// What the grid reads like, row by row without the blanks at their ends.
  public String text() {
    var text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      var line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(at(column, row).text());
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  CellWidth widths() {
    return widths;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  Cell at(int column, int row) {
    return cells[row * columns + column];
  }

  void clear() {
    Arrays.fill(cells, Cell.BLANK);
  }

  /// Puts a cell; what lies outside is not drawn. A wide cell in the last column becomes a blank,
  /// and the rest of a wide cell that is written over does as well.
  void put(int column, int row, Cell cell) {
    if (column < 0 || row < 0 || column >= columns || row >= rows) {
      return;
    }
    if (!cell.isWide()) {
      set(column, row, cell);
    } else if (column + 1 < columns) {
      set(column, row, cell);
      set(column + 1, row, cell.rightHalf());
      cells[row * columns + column] = cell;
    } else {
      set(column, row, Cell.blank(cell.pen()));
    }
  }

  private void set(int column, int row, Cell cell) {
    int at = row * columns + column;
    var old = cells[at];
    if (old.isWide()) {
      cells[at + 1] = Cell.blank(old.pen());
    } else if (old.isRightHalf()) {
      cells[at - 1] = Cell.blank(old.pen());
    }
    cells[at] = cell;
  }

  void copyFrom(CellGrid other) {
    System.arraycopy(other.cells, 0, cells, 0, cells.length);
  }

  /// Moves the rows from `top` to `bottom` (inclusive) up by `distance`, or down by its negative,
  /// as the scroll region of a terminal does; blanks follow.
  void scroll(int top, int bottom, int distance) {
    int height = bottom - top + 1;
    int kept = (height - Math.abs(distance)) * columns;
    int from = (distance > 0 ? top + distance : top) * columns;
    int to = (distance > 0 ? top : top - distance) * columns;
    System.arraycopy(cells, from, cells, to, kept);
    int blankFrom = (distance > 0 ? bottom + 1 - distance : top) * columns;
    Arrays.fill(cells, blankFrom, blankFrom + Math.abs(distance) * columns, Cell.BLANK);
  }

  boolean sameSize(CellGrid other) {
    return columns == other.columns && rows == other.rows;
  }
}
