package dev.knothole.client.ui.term;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.AbstractTextGraphics;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.graphics.TextImage;
import dev.knothole.client.text.Graphemes;
import java.util.Collection;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Lanterna's brush on a [CellGrid]: strings are put by clusters, each as wide as it is, and
/// nothing leaves the brush's own rectangle.
final class CellGraphics extends AbstractTextGraphics {
  private final CellGrid grid;
  private final Inkwell inkwell;
  private final TerminalPosition origin;
  private final TerminalSize size;
  private @Nullable TextCharacter lastCharacter;
  private Cell lastCell = Cell.BLANK;

  CellGraphics(CellGrid grid, Inkwell inkwell) {
    this(grid, inkwell, TerminalPosition.TOP_LEFT_CORNER, grid.size());
  }

  private CellGraphics(CellGrid grid, Inkwell inkwell, TerminalPosition origin, TerminalSize size) {
    this.grid = grid;
    this.inkwell = inkwell;
    this.origin = origin;
    this.size = size;
  }

  @Override
  public TerminalSize getSize() {
    return size;
  }

  @Override
  public TextGraphics newTextGraphics(TerminalPosition topLeft, TerminalSize area) {
    int column = Math.max(0, topLeft.getColumn());
    int row = Math.max(0, topLeft.getRow());
    int right = Math.min(size.getColumns(), topLeft.getColumn() + area.getColumns());
    int bottom = Math.min(size.getRows(), topLeft.getRow() + area.getRows());
    return new CellGraphics(
        grid,
        inkwell,
        origin.withRelative(column, row),
        new TerminalSize(Math.max(0, right - column), Math.max(0, bottom - row)));
  }

  @Override
  public TextGraphics putString(int column, int row, String text) {
    var ink = inkwell.of(pen());
    var at = new int[] {column};
    Graphemes.forEach(text, (start, end) -> at[0] += put(at[0], row, ink, text, start, end));
    return this;
  }

  @Override
  public TextGraphics putString(int column, int row, String text, Collection<SGR> modifiers) {
    var before = getActiveModifiers();
    var during = EnumSet.copyOf(before);
    during.addAll(modifiers);
    setModifiers(during);
    putString(column, row, text);
    return setModifiers(before);
  }

  @Override
  public TextGraphics putString(int column, int row, String text, SGR first, SGR... others) {
    return putString(column, row, text, EnumSet.of(first, others));
  }

  @Override
  public TextGraphics setCharacter(int column, int row, char character) {
    return putString(column, row, String.valueOf(character));
  }

  @Override
  public TextGraphics setCharacter(int column, int row, TextCharacter character) {
    put(column, row, cell(character));
    return this;
  }

  @Override
  public TextGraphics fill(char character) {
    return fillRectangle(TerminalPosition.TOP_LEFT_CORNER, size, character);
  }

  @Override
  public TextGraphics fillRectangle(TerminalPosition topLeft, TerminalSize area, char character) {
    var line = String.valueOf(character).repeat(Math.max(0, area.getColumns()));
    for (int row = 0; row < area.getRows(); row++) {
      putString(topLeft.getColumn(), topLeft.getRow() + row, line);
    }
    return this;
  }

  /// An image holds a filler after each wide character, which must not be put.
  @Override
  public TextGraphics drawImage(
      TerminalPosition topLeft, TextImage image, TerminalPosition from, TerminalSize area) {
    int right = Math.min(image.getSize().getColumns(), from.getColumn() + area.getColumns());
    int bottom = Math.min(image.getSize().getRows(), from.getRow() + area.getRows());
    for (int row = from.getRow(); row < bottom; row++) {
      for (int column = from.getColumn(); column < right; column++) {
        var cell = cell(image.getCharacterAt(column, row));
        put(
            topLeft.getColumn() + column - from.getColumn(),
            topLeft.getRow() + row - from.getRow(),
            cell);
        column += cell.columns() - 1;
      }
    }
    return this;
  }

  @Override
  public @Nullable TextCharacter getCharacter(int column, int row) {
    return inside(column, row, 1)
        ? grid.at(origin.getColumn() + column, origin.getRow() + row).character()
        : null;
  }

  private int put(int column, int row, Inkwell.Ink ink, String text, int start, int end) {
    char first = text.charAt(start);
    if (end - start == 1 && first >= 0x20 && first < 0x7F) {
      put(column, row, ink.ascii(first));
      return 1;
    }
    int columns = columns(text, start, end);
    if (columns > 0) {
      put(column, row, ink.cell(text.substring(start, end), columns));
    }
    return columns;
  }

  /// Control characters are one column wide, as the replacement that is drawn in their place.
  private int columns(String text, int start, int end) {
    return Character.isISOControl(text.charAt(start)) ? 1 : grid.widths().of(text, start, end);
  }

  private void put(int column, int row, Cell cell) {
    if (inside(column, row, cell.columns())) {
      grid.put(origin.getColumn() + column, origin.getRow() + row, cell);
    } else if (inside(column, row, 1)) {
      grid.put(origin.getColumn() + column, origin.getRow() + row, Cell.blank(cell.pen()));
    }
  }

  private boolean inside(int column, int row, int columns) {
    return column >= 0 && row >= 0 && column + columns <= size.getColumns() && row < size.getRows();
  }

  private Cell cell(TextCharacter character) {
    if (!character.equals(lastCharacter)) {
      lastCell = Cell.of(character, grid.widths());
      lastCharacter = character;
    }
    return lastCell;
  }

  private Pen pen() {
    return Pen.of(getForegroundColor(), getBackgroundColor(), getActiveModifiers());
  }
}
