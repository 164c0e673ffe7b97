package dev.knothole.client.ui;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.Draft;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.Graphemes;
import java.util.ArrayList;
import java.util.List;

/// The draft, wrapped at the edge, with the cursor where the text is. A draft may be a pasted book,
/// so only the part around the cursor is looked at.
final class InputView {
  /// More characters than any screen shows before or behind the cursor.
  private static final int NEIGHBOURHOOD = 4_096;

  private static final String PROMPT = "> ";

  private final List<String> rows = new ArrayList<>();
  private final CellWidth widths;
  private final int columns;
  private int cursorRow;
  private int cursorColumn;

  InputView(Draft draft, int columns, CellWidth widths) {
    this.widths = widths;
    this.columns = Math.max(2, columns - PROMPT.length());
    int from = start(draft);
    int to = end(draft);
    wrap(draft.text().substring(from, to).replace('\t', ' '), draft.cursor() - from);
  }

  private static int start(Draft draft) {
    int wanted = draft.cursor() - NEIGHBOURHOOD;
    return wanted <= 0 ? 0 : Graphemes.next(draft.text(), wanted);
  }

  private static int end(Draft draft) {
    int wanted = draft.cursor() + NEIGHBOURHOOD;
    return wanted >= draft.text().length()
        ? draft.text().length()
        : Graphemes.next(draft.text(), wanted);
  }

  private void wrap(String text, int cursor) {
    var row = new StringBuilder();
    int used = 0;
    int at = 0;
    for (var cluster : Graphemes.of(text)) {
      int width = widths.of(cluster);
      if (used + width > columns - 1) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      }
      if (at == cursor) {
        place(used);
      }
      at += cluster.length();
      if (cluster.endsWith("\n")) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      } else {
        row.append(cluster);
        used += width;
      }
    }
    if (at == cursor) {
      place(used);
    }
    rows.add(row.toString());
  }

  private void place(int column) {
    cursorRow = rows.size();
    cursorColumn = column;
  }

  int rows() {
    return rows.size();
  }

  /// Paints the rows around the cursor.
  ///
  /// @return where the cursor is on the screen
  TerminalPosition paint(Layout layout, TextGraphics graphics) {
    int first =
        Math.clamp(
            cursorRow - layout.inputRows() + 1L, 0, Math.max(0, rows.size() - layout.inputRows()));
    for (int i = 0; i < layout.inputRows() && first + i < rows.size(); i++) {
      Theme.FAINT.on(graphics);
      graphics.putString(0, layout.inputRow() + i, first + i == 0 ? PROMPT : "  ");
      Theme.PLAIN.on(graphics);
      graphics.putString(PROMPT.length(), layout.inputRow() + i, rows.get(first + i));
    }
    return new TerminalPosition(
        PROMPT.length() + cursorColumn, layout.inputRow() + cursorRow - first);
  }
}
