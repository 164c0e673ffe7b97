package dev.knothole.client.ui.term;

import java.nio.charset.StandardCharsets;

/// Writes to a terminal whose pen and cursor position it keeps in mind, and so finds the shortest
/// way to say each thing.
final class FrameWriter {
  private static final int UNKNOWN = -1;

  private final TermCaps caps;
  private final int columns;
  private final StringBuilder out = new StringBuilder();
  private Pen pen;
  private int column;
  private int row;

  FrameWriter(TermCaps caps, int columns, State state) {
    this.caps = caps;
    this.columns = columns;
    this.pen = state.pen;
    this.column = state.column;
    this.row = state.row;
  }

  /// What a terminal remembers from one frame to the next; negative positions are unknown.
  record State(Pen pen, int column, int row) {
    static final State CLEARED = new State(Pen.PLAIN, 0, 0);
  }

  State state() {
    return new State(pen, column, row);
  }

  int length() {
    return out.length();
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  void raw(String sequence) {
    out.append(sequence);
  }

  void bracket(String before, String after) {
    out.insert(0, before).append(after);
  }

  boolean isAt(int column, int row) {
    return this.column == column && this.row == row;
  }

  /// Column of the cursor when it stands in a row, else negative.
  int columnIn(int row) {
    return this.row == row ? column : UNKNOWN;
  }

  void moveTo(int column, int row) {
    if (!isAt(column, row)) {
      out.append(shortestMove(column, row));
      this.column = column;
      this.row = row;
    }
  }

  /// The bytes of a step to the right within a row.
  static int costOfStep(int distance) {
    return distance == 1 ? 3 : 3 + Integer.toString(distance).length();
  }

  private String shortestMove(int toColumn, int toRow) {
    if (toRow == row) {
      return moveInRow(toColumn);
    }
    int down = row == UNKNOWN ? 0 : toRow - row;
    if (down > 0 && down <= 4 && (toColumn == 0 || toColumn == column)) {
      return (toColumn == column ? "" : "\r") + "\n".repeat(down);
    }
    return toColumn == 0 ? "\033[" + (toRow + 1) + "H" : position(toColumn, toRow);
  }

  private static String position(int column, int row) {
    return "\033[" + (row + 1) + ";" + (column + 1) + "H";
  }

  private String moveInRow(int to) {
    if (to == 0) {
      return "\r";
    }
    if (column == UNKNOWN) {
      return position(to, row);
    }
    int distance = to - column;
    if (distance < 0) {
      return -distance <= 3 ? "\b".repeat(-distance) : "\033[" + -distance + "D";
    }
    return distance == 1 ? "\033[C" : "\033[" + distance + "C";
  }

  /// Writes a cell at the cursor. Where terminals disagree about its width, its place is blanked
  /// first and the cursor counts as lost afterwards, so that the damage stays where it is; at the
  /// end of a row, where it could only go to the left, the cluster is cut down to its base.
  void put(Cell cell) {
    if (!(cell.isBlank() && shows(cell))) {
      dip(cell.pen());
    }
    if (cell.isRisky()) {
      putRisky(cell);
    } else {
      out.append(cell.text());
      advance(cell.columns());
    }
  }

  private void putRisky(Cell cell) {
    int at = column;
    out.repeat(' ', cell.columns());
    advance(cell.columns());
    moveTo(at, row);
    boolean fits = at + Risk.mostColumns(cell.text()) <= columns;
    out.append(caps.baseOnly() || !fits ? Risk.base(cell.text()) : cell.text());
    column = UNKNOWN;
  }

  private void advance(int by) {
    column += by;
    if (column >= columns) {
      column = UNKNOWN;
    }
  }

  /// Whether writing a cell now needs no other pen.
  boolean shows(Cell cell) {
    return cell.pen().equals(pen)
        || (cell.isBlank()
            && pen.leavesBlanksAlone()
            && cell.pen().leavesBlanksAlone()
            && cell.pen().background().equals(pen.background()));
  }

  private void dip(Pen next) {
    if (!next.equals(pen)) {
      out.append(PenChange.between(pen, next, caps.colours()));
      pen = next;
    }
  }

  /// Erases from the cursor to the end of the row, leaving blanks like this one.
  void eraseToEnd(Cell blank) {
    if (!shows(blank)) {
      dip(blank.pen());
    }
    out.append("\033[K");
  }

  /// Scrolls the rows from `top` to `bottom` up by `distance`, or down by its negative.
  void scroll(int top, int bottom, int distance) {
    dip(Pen.PLAIN);
    out.append("\033[").append(top + 1).append(';').append(bottom + 1).append('r');
    if (distance > 0) {
      out.append("\033[").append(bottom + 1).append('H').repeat('\n', distance);
    } else {
      out.append("\033[").append(top + 1).append('H').repeat("\033M", -distance);
    }
    out.append("\033[r");
    column = UNKNOWN;
    row = UNKNOWN;
  }
}
