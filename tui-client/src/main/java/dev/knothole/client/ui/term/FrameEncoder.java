package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TerminalPosition;
import org.jspecify.annotations.Nullable;

/// Turns frames into the bytes that make a terminal show them.
///
/// It knows what the terminal shows, and sends the difference: cells that changed, rows that moved,
/// ends of rows that became blank. A frame that equals the one before takes no byte at all. Nothing
/// that a cell holds can be a control character (see [Cell]).
final class FrameEncoder {
  /// Fewer changed cells than this are not worth looking for rows that moved.
  private static final int SCROLL_FROM = 40;

  /// Erasing to the end of a row takes three bytes, so from four cells on.
  private static final int ERASE_FROM = 4;

  /// A cursor seen running over the screen disturbs in long frames only; hiding it takes 12 bytes.
  private static final int HIDE_FROM = 64;

  /// Terminals draw a frame of some hundred bytes at once without being told (measured: 400).
  private static final int SYNCHRONIZE_FROM = 400;

  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String CLEAR = "\033[r\033[m\033[H\033[2J";

  private final TermCaps caps;
  private CellGrid shown;
  private FrameWriter.State state = FrameWriter.State.CLEARED;
  private boolean known;
  private boolean cursorShown;

  FrameEncoder(TermCaps caps, CellGrid first) {
    this.caps = caps;
    this.shown = new CellGrid(first.size(), first.widths());
  }

  /// Forgets what the terminal shows: the next frame paints everything.
  void forget() {
    known = false;
  }

  /// What the terminal shows by now.
  CellGrid shown() {
    return shown;
  }

  /// The bytes from the frame before to this one; afterwards this one counts as shown.
  ///
  /// @param cursor where the cursor stands, or null to hide it
  byte[] frame(CellGrid next, @Nullable TerminalPosition cursor) {
    boolean fresh = !known || !shown.sameSize(next);
    if (fresh) {
      shown = new CellGrid(next.size(), next.widths());
      state = FrameWriter.State.CLEARED;
    }
    var writer = new FrameWriter(caps, next.columns(), state);
    if (fresh) {
      writer.raw(CLEAR);
    }
    paint(writer, next);
    boolean hide = fresh || (cursorShown && writer.length() > HIDE_FROM);
    place(writer, next, cursor, hide);
    known = true;
    state = writer.state();
    shown.copyFrom(next);
    return writer.bytes();
  }

  private void paint(FrameWriter writer, CellGrid next) {
    if (caps.scrollRegions() && changedCells(next) >= SCROLL_FROM) {
      ScrollSearch.between(shown, next)
          .ifPresent(
              move -> {
                writer.scroll(move.top(), move.bottom(), move.distance());
                shown.scroll(move.top(), move.bottom(), move.distance());
              });
    }
    for (int row = 0; row < next.rows(); row++) {
      paintRow(writer, next, row);
    }
  }

  private void place(
      FrameWriter writer, CellGrid next, @Nullable TerminalPosition cursor, boolean hide) {
    if (cursor != null) {
      int column = Math.clamp(cursor.getColumn(), 0, Math.max(0, next.columns() - 1));
      int row = Math.clamp(cursor.getRow(), 0, Math.max(0, next.rows() - 1));
      step(writer, next, column, row);
    }
    boolean show = cursor != null;
    String before = hide || (cursorShown && !show) ? HIDE_CURSOR : "";
    String after = show && (hide || !cursorShown) ? SHOW_CURSOR : "";
    cursorShown = show;
    boolean synchronize = caps.synchronizes() && writer.length() > SYNCHRONIZE_FROM;
    writer.bracket(
        (synchronize ? "\033[?2026h" : "") + before, after + (synchronize ? "\033[?2026l" : ""));
  }

  private int changedCells(CellGrid next) {
    int changed = 0;
    for (int row = 0; row < next.rows(); row++) {
      for (int column = 0; column < next.columns(); column++) {
        if (differs(next, column, row)) {
          changed++;
        }
      }
    }
    return changed;
  }

  private boolean differs(CellGrid next, int column, int row) {
    return !next.at(column, row).equals(shown.at(column, row));
  }

  private void paintRow(FrameWriter writer, CellGrid next, int row) {
    int tail = blankTail(next, row);
    int spoilt = 0;
    for (int column = 0; column < next.columns(); column++) {
      var cell = next.at(column, row);
      if (cell.isRightHalf() || (column >= spoilt && !differs(next, column, row))) {
        continue;
      }
      if (column >= tail && changedFrom(next, column, row, spoilt) >= ERASE_FROM) {
        writer.moveTo(column, row);
        writer.eraseToEnd(cell);
        return;
      }
      step(writer, next, column, row);
      writer.put(cell);
      if (cell.isRisky()) {
        spoilt = Math.max(spoilt, column + Risk.mostColumns(cell.text()));
      }
    }
  }

  /// Moves to a column, over the cells between by writing them again where that is shorter.
  private void step(FrameWriter writer, CellGrid next, int column, int row) {
    int from = writer.columnIn(row);
    if (from >= 0 && from < column && rewritable(writer, next, from, column, row)) {
      for (int between = from; between < column; between++) {
        writer.put(next.at(between, row));
      }
    }
    writer.moveTo(column, row);
  }

  private static boolean rewritable(
      FrameWriter writer, CellGrid next, int from, int column, int row) {
    if (column - from > FrameWriter.costOfStep(column - from)) {
      return false;
    }
    for (int between = from; between < column; between++) {
      var cell = next.at(between, row);
      if (!writer.shows(cell)
          || cell.columns() != 1
          || cell.isRisky()
          || cell.text().charAt(0) > 0x7E) {
        return false;
      }
    }
    return true;
  }

  /// The column from which a row is blank to its end and may be erased.
  private int blankTail(CellGrid next, int row) {
    int columns = next.columns();
    if (columns == 0) {
      return 0;
    }
    var last = next.at(columns - 1, row);
    boolean erasable =
        last.isBlank()
            && last.pen().leavesBlanksAlone()
            && (caps.backgroundErases() || last.equals(Cell.BLANK));
    int tail = columns;
    while (erasable && tail > 0 && next.at(tail - 1, row).equals(last)) {
      tail--;
    }
    return tail;
  }

  private int changedFrom(CellGrid next, int from, int row, int spoilt) {
    int changed = 0;
    for (int column = from; column < next.columns(); column++) {
      if (column < spoilt || differs(next, column, row)) {
        changed++;
      }
    }
    return changed;
  }
}
