package dev.knothole.client.ui.term;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.RandomProse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
  private static final TermCaps XTERM = caps(ColourDepth.INDEXED256, true, false, true);
  private static final List<Emulator.Kind> KINDS =
      List.of(
          new Emulator.Kind(true, CellWidth.COMMON, true),
          new Emulator.Kind(true, new CellWidth(true), true),
          new Emulator.Kind(false, CellWidth.COMMON, true));

  @Test
  void frame_upon_frame_shows_the_same_as_one_whole_frame() {
    for (int seed = 0; seed < 400; seed++) {
      var random = new Random(seed);
      for (var kind : KINDS) {
        checkFrames(random, kind, "seed " + seed + " on " + kind);
      }
    }
  }

  private static void checkFrames(Random random, Emulator.Kind kind, String about) {
    var size = new TerminalSize(1 + random.nextInt(50), 1 + random.nextInt(16));
    var caps = randomCaps(random);
    var grid = new CellGrid(size, CellWidth.COMMON);
    var encoder = new FrameEncoder(caps, grid);
    var terminal = emulator(size, kind, caps);
    for (int frame = 0; frame < 8; frame++) {
      var cursor = change(random, grid);
      terminal.write(encoder.frame(grid, cursor));
      var afresh = emulator(size, kind, caps);
      afresh.write(new FrameEncoder(caps, grid).frame(grid, cursor));
      assertEquals("", afresh.differenceTo(terminal), about + ", frame " + frame);
      if (kind.equals(KINDS.getFirst())) {
        assertEquals(bases(grid), terminal.bases(), about + ", frame " + frame);
      }
      assertEquals(0, encoder.frame(grid, cursor).length, about + ", frame " + frame);
    }
  }

  /// What must be right even where clusters are cut down.
  private static String bases(CellGrid grid) {
    var bases = new StringBuilder();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        bases.append(Emulator.base(grid.at(column, row).text()));
      }
      bases.append('\n');
    }
    return bases.toString();
  }

  private static Emulator emulator(TerminalSize size, Emulator.Kind kind, TermCaps caps) {
    return new Emulator(
        size.getColumns(),
        size.getRows(),
        new Emulator.Kind(kind.clusters(), kind.widths(), caps.backgroundErases()));
  }

  private static @Nullable TerminalPosition change(Random random, CellGrid grid) {
    var g = grid.graphics();
    int rows = grid.rows();
    if (random.nextInt(3) == 0 && rows > 2) {
      int top = random.nextInt(rows - 1);
      int bottom = top + 1 + random.nextInt(rows - top - 1);
      int distance = 1 + random.nextInt(bottom - top);
      grid.scroll(top, bottom, random.nextBoolean() ? distance : -distance);
    }
    for (int edit = random.nextInt(6); edit > 0; edit--) {
      g.setForegroundColor(colour(random)).setBackgroundColor(colour(random));
      g.clearModifiers();
      for (var attribute : SGR.values()) {
        if (random.nextInt(8) == 0) {
          g.enableModifiers(attribute);
        }
      }
      g.putString(random.nextInt(grid.columns()), random.nextInt(rows), RandomProse.of(random, 8));
    }
    return random.nextInt(5) == 0
        ? null
        : new TerminalPosition(random.nextInt(grid.columns()), random.nextInt(rows));
  }

  private static TextColor colour(Random random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> TextColor.ANSI.DEFAULT;
      case 2 -> oneOf(random, TextColor.ANSI.values());
      case 3 -> new TextColor.Indexed(random.nextInt(256));
      default -> new TextColor.RGB(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    };
  }

  private static <T> T oneOf(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static TermCaps randomCaps(Random random) {
    return caps(
        oneOf(random, ColourDepth.values()),
        random.nextBoolean(),
        random.nextInt(4) == 0,
        random.nextBoolean());
  }

  private static TermCaps caps(
      ColourDepth colours, boolean backgroundErases, boolean baseOnly, boolean scrollRegions) {
    return new TermCaps(
        colours, backgroundErases, baseOnly, scrollRegions, true, true, CellWidth.COMMON);
  }

  @Test
  void a_typed_key_takes_as_many_bytes_as_its_letter() {
    var chat = new Chat();
    chat.show();
    for (char letter : "hello, how is it going?".toCharArray()) {
      chat.draft += letter;
      assertEquals(1, chat.show().length, "letter " + letter);
    }
    chat.draft += "日";
    assertEquals(3, chat.show().length);
  }

  @Test
  void a_new_line_takes_450_bytes_at_most() {
    var chat = new Chat();
    chat.show();
    int sum = 0;
    for (int line = 0; line < 40; line++) {
      chat.newest++;
      int bytes = chat.show().length;
      assertTrue(bytes <= 450, "line " + line + " took " + bytes);
      sum += bytes;
    }
    assertTrue(sum / 40 <= 377, "on average " + sum / 40);
  }

  @Test
  void the_same_frame_again_takes_none() {
    var chat = new Chat();
    chat.show();
    assertArrayEquals(new byte[0], chat.show());
  }

  @Test
  void after_forgetting_everything_is_painted_again() {
    var chat = new Chat();
    byte[] first = chat.show();
    chat.encoder.forget();
    assertEquals(
        new String(first, StandardCharsets.UTF_8).replace("\033[?25h", ""),
        new String(chat.show(), StandardCharsets.UTF_8).replace("\033[?25h", ""));
  }

  @Test
  void the_cheapest_bytes_are_found() {
    var grid = new CellGrid(new TerminalSize(20, 4), CellWidth.COMMON);
    var g = grid.graphics();
    var encoder = new FrameEncoder(XTERM, grid);
    assertEquals("^[[?25l^[[r^[[m^[[H^[[2J^[[?25h", bytes(encoder, grid, 0, 0));
    g.putString(2, 1, "hello world");
    assertEquals("^[[2;3Hhello world", bytes(encoder, grid, 13, 1));
    g.putString(2, 1, "hallo");
    g.putString(10, 1, "R");
    assertEquals("^[[10Da^[[6CRld", bytes(encoder, grid, 13, 1));
    g.putString(0, 1, " ".repeat(20));
    assertEquals("^[[11D^[[K", bytes(encoder, grid, 2, 1));
    g.putString(0, 2, "ab", SGR.BOLD);
    assertEquals("^M^J^[[1mab", bytes(encoder, grid, 2, 2));
    g.setForegroundColor(TextColor.ANSI.RED).putString(2, 2, "c");
    assertEquals("^[[0;31mc", bytes(encoder, grid, 3, 2));
    g.putString(5, 2, "👨‍👩‍👧|");
    assertEquals("    ^H^H👨‍👩‍👧^[[3;8H|   ", bytes(encoder, grid, 11, 2));
  }

  private static String bytes(FrameEncoder encoder, CellGrid grid, int column, int row) {
    return new String(
            encoder.frame(grid, new TerminalPosition(column, row)), StandardCharsets.UTF_8)
        .replace("\033", "^[")
        .replace("\r", "^M")
        .replace("\n", "^J")
        .replace("\b", "^H");
  }

  /// A chat as the views paint it: a list at the left, messages, a status bar, a draft.
  private static final class Chat {
    private final CellGrid grid = new CellGrid(new TerminalSize(100, 30), CellWidth.COMMON);
    final FrameEncoder encoder = new FrameEncoder(XTERM, grid);
    String draft = "";
    int newest = 60;

    byte[] show() {
      var g = grid.graphics();
      g.fill(' ');
      for (int row = 0; row < 28; row++) {
        g.putString(0, row, row < 6 ? " peer " + row : "");
        g.putString(18, row, "│");
        message(g, row, newest - 27 + row);
      }
      g.setBackgroundColor(TextColor.ANSI.BLUE);
      g.putString(0, 28, " [alice] [direct 23 ms] [NAT: easy]" + " ".repeat(65));
      g.setBackgroundColor(TextColor.ANSI.DEFAULT);
      g.putString(0, 29, "> " + draft);
      return encoder.frame(grid, new TerminalPosition(2 + CellWidth.COMMON.of(draft), 29));
    }

    private static void message(TextGraphics g, int row, int number) {
      g.putString(20, row, "12:" + (10 + number % 50) + " ");
      g.setForegroundColor(new TextColor.Indexed(16 + number * 37 % 200));
      g.putString(26, row, number % 2 == 0 ? "alice" : "bob", SGR.BOLD);
      g.setForegroundColor(TextColor.ANSI.DEFAULT);
      var random = new Random(number);
      var text = new StringBuilder();
      while (text.length() < 10 + random.nextInt(60)) {
        text.append(Integer.toString(random.nextInt(100_000), 36)).append(' ');
      }
      g.putString(32, row, text.toString());
    }
  }
}
