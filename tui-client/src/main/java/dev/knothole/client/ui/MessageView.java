package dev.knothole.client.ui;

import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.Anchor;
import dev.knothole.client.app.Chat;
import dev.knothole.client.app.Line;
import dev.knothole.client.text.CellWidth;
import java.time.ZoneId;
import java.util.List;

/// The lines of the open chat, from the anchor upwards.
final class MessageView {
  private final List<Line> lines;
  private final Anchor anchor;
  private final int columns;
  private final int rows;
  private final LineLayout layout;

  MessageView(Chat chat, Layout layout, CellWidth widths, ZoneId zone) {
    this.lines = chat.transcript().lines();
    this.anchor = chat.anchor();
    this.columns = layout.messageColumns();
    this.rows = layout.messageRows();
    this.layout = new LineLayout(columns, widths, zone);
  }

  void paint(int left, int top, TextGraphics graphics) {
    var place = bottom();
    int at = place.line;
    int row = top + rows - 1 + place.below;
    while (at >= 0 && row >= top) {
      var block = block(at);
      for (int i = block.size() - 1; i >= 0; i--, row--) {
        if (row >= top && row < top + rows) {
          block.get(i).paint(left, row, graphics);
        }
      }
      at--;
    }
  }

  /// Where the view would be anchored after moving by so many rows, up when positive.
  Anchor scrolled(int by) {
    var place = bottom();
    int line = place.line;
    int below = place.below + by;
    while (line > 0 && below >= block(line).size()) {
      below -= block(line).size();
      line--;
    }
    while (below < 0 && line < lines.size() - 1) {
      line++;
      below += block(line).size();
    }
    boolean atEnd = line == lines.size() - 1 && below <= 0;
    return lines.isEmpty() || atEnd ? Anchor.BOTTOM : notAboveTop(line, Math.max(0, below));
  }

  Anchor top() {
    return scrolled(Integer.MAX_VALUE / 2);
  }

  /// The first line of the chat never leaves the top edge downwards.
  private Anchor notAboveTop(int line, int below) {
    int above = block(line).size() - below;
    for (int at = line - 1; at >= 0 && above < rows; at--) {
      above += block(at).size();
    }
    if (above >= rows) {
      return new Anchor(lines.get(line).id(), below);
    }
    int missing = rows - above;
    int at = line;
    int rest = below - missing;
    while (rest < 0 && at < lines.size() - 1) {
      at++;
      rest += block(at).size();
    }
    return rest < 0 || (at == lines.size() - 1 && rest == 0)
        ? Anchor.BOTTOM
        : new Anchor(lines.get(at).id(), rest);
  }

  private Place bottom() {
    if (!anchor.atBottom()) {
      for (int at = lines.size() - 1; at >= 0; at--) {
        if (lines.get(at).id() <= anchor.lineId()) {
          return new Place(at, lines.get(at).id() == anchor.lineId() ? anchor.rowsBelow() : 0);
        }
      }
      // The anchored line was so old that it is forgotten.
      return new Place(lines.isEmpty() ? -1 : 0, 0);
    }
    return new Place(lines.size() - 1, 0);
  }

  private List<LineLayout.PaintedRow> block(int at) {
    return layout.rows(lines.get(at), at == 0 ? null : lines.get(at - 1));
  }

  /// @param line the line at the bottom edge
  /// @param below how many of its rows are below the edge
  private record Place(int line, int below) {}
}
