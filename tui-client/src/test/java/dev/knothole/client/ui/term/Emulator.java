package dev.knothole.client.ui.term;

import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.Graphemes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/// A terminal, as small as the frames need: it obeys what it knows and fails on everything else.
final class Emulator {
  /// How terminals differ: in what they take for a character, in its width, and in what fills
  /// erased cells.
  record Kind(boolean clusters, CellWidth widths, boolean backgroundErases) {}

  private record Spot(String text, int columns, String pen) {}

  private final int columns;
  private final int rows;
  private final Kind kind;
  private final Spot[][] spots;
  private String foreground = "39";
  private String background = "49";
  private final TreeSet<String> attributes = new TreeSet<>();
  private int column;
  private int row;
  private int top;
  private int bottom;
  private boolean cursorShown = true;

  Emulator(int columns, int rows, Kind kind) {
    this.columns = columns;
    this.rows = rows;
    this.kind = kind;
    this.bottom = rows - 1;
    this.spots = new Spot[rows][columns];
    for (var line : spots) {
      Arrays.fill(line, new Spot(" ", 1, "/49/[]"));
    }
  }

  void write(byte[] frame) {
    String text = new String(frame, StandardCharsets.UTF_8);
    int at = 0;
    while (at < text.length()) {
      int end = at + 1;
      char c = text.charAt(at);
      if (c == '\033') {
        end = escape(text, at + 1);
      } else if (c < 0x20) {
        control(c);
      } else {
        while (end < text.length() && text.charAt(end) >= 0x20) {
          end++;
        }
        print(text.substring(at, end));
      }
      at = end;
    }
  }

  /// The first character of every cluster, row by row.
  String bases() {
    var bases = new StringBuilder();
    for (var line : spots) {
      for (var spot : line) {
        bases.append(base(spot.text));
      }
      bases.append('\n');
    }
    return bases.toString();
  }

  static String base(String cluster) {
    return cluster.isEmpty() ? "" : Character.toString(cluster.codePointAt(0));
  }

  /// Where another terminal shows something else, colours and cursor included; empty if nowhere.
  String differenceTo(Emulator other) {
    var differences = new StringJoiner("; ");
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        if (!spots[y][x].equals(other.spots[y][x])) {
          differences.add(x + "," + y + " " + spots[y][x] + " not " + other.spots[y][x]);
        }
      }
    }
    if (!cursor().equals(other.cursor())) {
      differences.add(cursor() + " not " + other.cursor());
    }
    return differences.toString();
  }

  private String cursor() {
    return cursorShown ? "cursor " + column + "," + row : "no cursor";
  }

  private void print(String text) {
    if (kind.clusters) {
      Graphemes.forEach(
          text, (start, end) -> put(text.substring(start, end), kind.widths.of(text, start, end)));
    } else {
      text.codePoints().forEach(c -> put(Character.toString(c), Risk.columns(c)));
    }
  }

  private void put(String text, int width) {
    if (width == 0) {
      join(text);
      return;
    }
    if (column + width > columns) {
      column = columns - width;
    }
    if (column < 0) {
      column = 0;
      return;
    }
    set(column, new Spot(text, width, pen(text)));
    if (width == 2) {
      set(column + 1, new Spot("", 0, pen(text)));
      spots[row][column] = new Spot(text, width, pen(text));
    }
    column = Math.min(columns, column + width);
  }

  private void join(String mark) {
    int at = column - 1;
    while (at > 0 && spots[row][at].columns == 0) {
      at--;
    }
    if (at >= 0) {
      var spot = spots[row][at];
      spots[row][at] = new Spot(spot.text + mark, spot.columns, pen(spot.text + mark));
    }
  }

  private void set(int at, Spot spot) {
    var old = spots[row][at];
    if (old.columns == 2 && at + 1 < columns) {
      spots[row][at + 1] = new Spot(" ", 1, old.pen);
    } else if (old.columns == 0 && at > 0) {
      spots[row][at - 1] = new Spot(" ", 1, old.pen);
    }
    spots[row][at] = spot;
  }

  /// Of a blank only the background is seen, and lines through it.
  private String pen(String text) {
    boolean seen = !text.equals(" ") || attributes.stream().anyMatch("479"::contains);
    return (seen ? foreground : "") + "/" + background + "/" + (seen ? attributes : "[]");
  }

  private void control(char c) {
    column = Math.min(column, columns - 1);
    switch (c) {
      case '\r' -> column = 0;
      case '\b' -> column = Math.max(0, column - 1);
      case '\n' -> {
        if (row == bottom) {
          scroll(1);
        } else {
          row = Math.min(rows - 1, row + 1);
        }
      }
      default -> throw new AssertionError("control character " + (int) c);
    }
  }

  private int escape(String text, int at) {
    if (text.charAt(at) == 'M') {
      if (row == top) {
        scroll(-1);
      } else {
        row = Math.max(0, row - 1);
      }
      return at + 1;
    }
    if (text.charAt(at) != '[') {
      throw new AssertionError("escape " + text.charAt(at));
    }
    int end = at + 1;
    while (text.charAt(end) < 0x40) {
      end++;
    }
    sequence(text.substring(at + 1, end), text.charAt(end));
    return end + 1;
  }

  private void sequence(String body, char fin) {
    if (body.startsWith("?")) {
      mode(body, fin);
      return;
    }
    var numbers = new ArrayList<Integer>();
    for (String part : body.split(";", -1)) {
      numbers.add(part.isEmpty() ? 0 : Integer.parseInt(part));
    }
    int first = Math.max(1, numbers.getFirst());
    int last = Math.max(1, numbers.size() > 1 ? numbers.get(1) : 1);
    if (fin != 'm') {
      column = Math.min(column, columns - 1);
    }
    switch (fin) {
      case 'H' -> {
        row = Math.min(rows, first) - 1;
        column = Math.min(columns, last) - 1;
      }
      case 'C' -> column = Math.min(columns - 1, column + first);
      case 'D' -> column = Math.max(0, column - first);
      case 'K' -> erase(row, column);
      case 'J' -> {
        for (int line = 0; line < rows; line++) {
          erase(line, 0);
        }
      }
      case 'r' -> {
        top = first - 1;
        bottom = numbers.size() > 1 ? last - 1 : rows - 1;
        column = 0;
        row = 0;
      }
      case 'm' -> select(numbers);
      default -> throw new AssertionError("sequence " + body + fin);
    }
  }

  private void mode(String body, char fin) {
    switch (body) {
      case "?25" -> cursorShown = fin == 'h';
      case "?2026" -> {}
      default -> throw new AssertionError("mode " + body + fin);
    }
  }

  private void erase(int line, int from) {
    if (spots[line][from].columns == 0 && from > 0) {
      spots[line][from - 1] = new Spot(" ", 1, spots[line][from].pen);
    }
    Arrays.fill(spots[line], from, columns, erased());
  }

  private Spot erased() {
    return new Spot(" ", 1, "/" + (kind.backgroundErases ? background : "49") + "/[]");
  }

  private void scroll(int by) {
    var fresh = new Spot[columns];
    Arrays.fill(fresh, erased());
    if (by > 0) {
      System.arraycopy(spots, top + 1, spots, top, bottom - top);
      spots[bottom] = fresh;
    } else {
      System.arraycopy(spots, top, spots, top + 1, bottom - top);
      spots[top] = fresh;
    }
  }

  private void select(List<Integer> numbers) {
    for (int at = 0; at < numbers.size(); at++) {
      int number = numbers.get(at);
      if (number == 38 || number == 48) {
        int length = numbers.get(at + 1) == 5 ? 3 : 5;
        String colour = numbers.subList(at, at + length).toString();
        foreground = number == 38 ? colour : foreground;
        background = number == 48 ? colour : background;
        at += length - 1;
      } else {
        select(number);
      }
    }
  }

  private void select(int number) {
    switch (number) {
      case 0 -> {
        attributes.clear();
        foreground = "39";
        background = "49";
      }
      case 1, 3, 4, 5, 7, 9 -> attributes.add(Integer.toString(number));
      case 22 -> attributes.remove("1");
      case 23, 24, 25, 27, 29 -> attributes.remove(Integer.toString(number - 20));
      default -> {
        if (number / 10 == 3 || number / 10 == 9) {
          foreground = Integer.toString(number);
        } else {
          background = Integer.toString(number);
        }
      }
    }
  }
}
