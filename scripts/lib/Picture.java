import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a screen as `tmux capture-pane -ep` prints it and writes it as SVG, every character in its
/// cell of an exact grid, so that columns stay columns whatever font the reader has.
final class Picture {
  private static final double CELL_WIDTH = 8.4;
  private static final int CELL_HEIGHT = 18;
  private static final int MARGIN = 12;
  private static final String FOREGROUND = "#d8d8d8";
  private static final String BACKGROUND = "#16181d";
  private static final String[] PALETTE = {
    "#16181d", "#e0605e", "#86c06c", "#e0b050", "#2f5f9e", "#c080d0", "#5fc0c0", "#d8d8d8",
    "#707888", "#ff8a80", "#a8e090", "#ffd080", "#90c0ff", "#e0a8f0", "#88e0e0", "#ffffff"
  };

  private record Style(String ink, String paper, boolean bold, boolean reverse) {
    static final Style PLAIN = new Style(FOREGROUND, BACKGROUND, false, false);

    Style with(List<Integer> codes) {
      var style = this;
      for (int at = 0; at < codes.size(); at++) {
        int code = codes.get(at);
        if ((code == 38 || code == 48) && at + 1 < codes.size()) {
          boolean rgb = codes.get(at + 1) == 2;
          String colour = rgb ? rgb(codes, at + 2) : indexed(codes.get(at + 2));
          style = code == 38 ? style.ink(colour) : style.paper(colour);
          at += rgb ? 4 : 2;
        } else {
          style = style.with(code);
        }
      }
      return style;
    }

    private Style with(int code) {
      return switch (code) {
        case 0 -> PLAIN;
        case 1 -> new Style(ink, paper, true, reverse);
        case 7 -> new Style(ink, paper, bold, true);
        case 22 -> new Style(ink, paper, false, reverse);
        case 27 -> new Style(ink, paper, bold, false);
        case 39 -> ink(FOREGROUND);
        case 49 -> paper(BACKGROUND);
        default -> coloured(code);
      };
    }

    private Style coloured(int code) {
      if (code >= 30 && code < 38) {
        return ink(PALETTE[code - 30]);
      } else if (code >= 90 && code < 98) {
        return ink(PALETTE[code - 82]);
      } else if (code >= 40 && code < 48) {
        return paper(PALETTE[code - 40]);
      } else if (code >= 100 && code < 108) {
        return paper(PALETTE[code - 92]);
      }
      return this;
    }

    private Style ink(String colour) {
      return new Style(colour, paper, bold, reverse);
    }

    private Style paper(String colour) {
      return new Style(ink, colour, bold, reverse);
    }

    String front() {
      return reverse ? paper : ink;
    }

    String back() {
      return reverse ? ink : paper;
    }
  }

  private record Cell(String text, int width, Style style) {}

  private Style style = Style.PLAIN;

  private static String rgb(List<Integer> codes, int at) {
    return "#%02x%02x%02x".formatted(codes.get(at), codes.get(at + 1), codes.get(at + 2));
  }

  /// The 256 colours: 16 of the terminal, a cube of 6 steps, 24 greys.
  private static String indexed(int index) {
    if (index < 16) {
      return PALETTE[index];
    }
    if (index >= 232) {
      int grey = 8 + 10 * (index - 232);
      return "#%02x%02x%02x".formatted(grey, grey, grey);
    }
    int at = index - 16;
    return "#%02x%02x%02x".formatted(step(at / 36), step(at / 6 % 6), step(at % 6));
  }

  private static int step(int level) {
    return level == 0 ? 0 : 55 + 40 * level;
  }

  private List<Cell> cells(String line) {
    var cells = new ArrayList<Cell>();
    for (int at = 0; at < line.length(); ) {
      if (line.startsWith("\033[", at)) {
        int end = line.indexOf('m', at);
        style = style.with(codes(line.substring(at + 2, end)));
        at = end + 1;
      } else {
        int code = line.codePointAt(at);
        at += Character.charCount(code);
        add(cells, code);
      }
    }
    return cells;
  }

  private static List<Integer> codes(String text) {
    var codes = new ArrayList<Integer>();
    for (var code : text.split("[;:]")) {
      codes.add(code.isEmpty() ? 0 : Integer.parseInt(code));
    }
    return codes;
  }

  private void add(List<Cell> cells, int code) {
    String text = Character.toString(code);
    int type = Character.getType(code);
    boolean joins =
        type == Character.NON_SPACING_MARK || type == Character.FORMAT || code == 0xFE0F;
    if (joins && !cells.isEmpty()) {
      var last = cells.removeLast();
      cells.add(new Cell(last.text() + text, last.width(), last.style()));
    } else {
      cells.add(new Cell(text, isWide(code) ? 2 : 1, style));
    }
  }

  private static boolean isWide(int code) {
    return Character.isEmojiPresentation(code)
        || code >= 0x1100 && code <= 0x115F
        || code >= 0x2E80 && code <= 0xA4CF
        || code >= 0xAC00 && code <= 0xD7A3
        || code >= 0xF900 && code <= 0xFAFF
        || code >= 0xFF00 && code <= 0xFF60
        || code >= 0x20000 && code <= 0x3FFFD;
  }

  /// Runs of one style become one rectangle and one text, in which each character has its own place.
  /// Viewers disagree on how many places an emoji or a combined character takes, so a run ends there.
  private void row(StringBuilder svg, List<Cell> cells, int row, int columns) {
    int column = 0;
    for (int at = 0; at < cells.size(); ) {
      var style = cells.get(at).style();
      int from = column;
      var places = new StringBuilder();
      var text = new StringBuilder();
      boolean plain = true;
      for (; plain && at < cells.size() && cells.get(at).style().equals(style); at++) {
        var cell = cells.get(at);
        places.append(x(column)).append(' ');
        text.append(cell.text());
        column += cell.width();
        plain = cell.text().length() == 1;
      }
      // tmux leaves out blank cells at the end of a row, colour or not.
      int until = at == cells.size() ? columns : column;
      run(svg, style, from, until, row, places.toString().strip(), text.toString());
    }
  }

  private static void run(
      StringBuilder svg, Style style, int from, int until, int row, String places, String text) {
    if (!style.back().equals(BACKGROUND)) {
      svg.append(
          "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>\n"
              .formatted(x(from), top(row), width(until - from), CELL_HEIGHT, style.back()));
    }
    if (!text.isBlank()) {
      svg.append(
          "<text x=\"%s\" y=\"%d\" fill=\"%s\"%s>%s</text>\n"
              .formatted(
                  places,
                  top(row) + CELL_HEIGHT - 5,
                  style.front(),
                  style.bold() ? " font-weight=\"bold\"" : "",
                  text.replace("&", "&amp;").replace("<", "&lt;")));
    }
  }

  private static String x(int column) {
    return number(MARGIN + column * CELL_WIDTH);
  }

  private static String width(int columns) {
    return number(columns * CELL_WIDTH);
  }

  private static String number(double value) {
    return String.valueOf(Math.round(value * 10) / 10.0).replaceFirst("\\.0$", "");
  }

  private static int top(int row) {
    return MARGIN + row * CELL_HEIGHT;
  }

  private String svg(List<String> lines, int columns) {
    int height = 2 * MARGIN + lines.size() * CELL_HEIGHT;
    String width = number(2 * MARGIN + columns * CELL_WIDTH);
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="%s" height="%d" \
        viewBox="0 0 %s %d">
        """
            .formatted(width, height, width, height));
    svg.append(
        "<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"%s\"/>\n".formatted(BACKGROUND));
    svg.append(
        "<g font-family=\"DejaVu Sans Mono,Menlo,Consolas,monospace\" font-size=\"14\">\n");
    for (int row = 0; row < lines.size(); row++) {
      row(svg, cells(lines.get(row)), row, columns);
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  public static void main(String[] arguments) throws IOException {
    var screen = new String(System.in.readAllBytes(), UTF_8);
    var picture = new Picture().svg(screen.lines().toList(), Integer.parseInt(arguments[0]));
    System.out.write(picture.getBytes(UTF_8));
    System.out.flush();
  }
}
