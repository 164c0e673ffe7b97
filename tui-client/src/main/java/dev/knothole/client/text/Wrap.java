package dev.knothole.client.text;

import java.util.ArrayList;
import java.util.List;

/// Breaks a text into rows of bounded width.
///
/// Rows end at line breaks, else at blanks, else beside a wide cluster, else between any two
/// clusters. The blanks at a break are dropped; nothing else is. Blanks that begin a line are its
/// indentation and stay.
public final class Wrap {
  /// A row must be able to hold any cluster.
  public static final int MIN_WIDTH = 2;

  private final String text;
  private final CellWidth widths;
  private final int[] bounds;
  private final int clusters;

  private record Row(int end, int resume, boolean lineEnds) {}

  private Wrap(String text, CellWidth widths) {
    this.text = text;
    this.widths = widths;
    this.bounds = new int[text.length() + 1];
    var count = new int[1];
    Graphemes.forEach(text, (_, end) -> bounds[++count[0]] = end);
    this.clusters = count[0];
  }

  /// The rows of a text: the first at most `width` columns wide, the others `hanging` less, because
  /// they are drawn that much further to the right. Always at least one row; a row is never given
  /// less than [#MIN_WIDTH] columns.
  public static List<String> rows(String text, int width, int hanging, CellWidth widths) {
    return new Wrap(text, widths)
        .rows(Math.max(MIN_WIDTH, width), Math.max(MIN_WIDTH, width - hanging));
  }

  private List<String> rows(int firstWidth, int width) {
    var rows = new ArrayList<String>();
    var row = new Row(0, 0, true);
    while (row.resume < clusters || row.lineEnds) {
      int start = row.resume;
      row = row(start, rows.isEmpty() ? firstWidth : width);
      rows.add(text.substring(bounds[start], bounds[row.end]));
    }
    return List.copyOf(rows);
  }

  private Row row(int start, int limit) {
    int width = 0;
    int end = start;
    int resume = start;
    boolean indented = true;
    boolean wideBefore = false;
    for (int at = start; at < clusters; at++) {
      if (lineBreak(at)) {
        return new Row(width > limit ? end : at, at + 1, true);
      }
      indented &= blank(at);
      if (blank(at) && !indented) {
        end = resume == at ? end : at;
        resume = at + 1;
        width++;
        wideBefore = false;
        continue;
      }
      int columns = widths.of(text, bounds[at], bounds[at + 1]);
      if (resume != at && (columns == 2 || wideBefore)) {
        end = at;
        resume = at;
      }
      width += columns;
      if (width > limit) {
        return end > start ? new Row(end, resume, false) : new Row(at, at, false);
      }
      wideBefore = columns == 2;
    }
    return new Row(width > limit ? end : clusters, clusters, false);
  }

  private boolean lineBreak(int cluster) {
    char first = text.charAt(bounds[cluster]);
    return first == '\n' || first == '\r';
  }

  private boolean blank(int cluster) {
    return text.charAt(bounds[cluster]) == ' ' && bounds[cluster + 1] - bounds[cluster] == 1;
  }
}
