package dev.knothole.client.ui.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.googlecode.lanterna.TextColor;
import org.junit.jupiter.api.Test;

class ColourDepthTest {
  private static final TextColor ORANGE = new TextColor.RGB(255, 136, 0);

  @Test
  void colours_come_down_to_what_the_terminal_has() {
    assertEquals("38;2;255;136;0", ColourDepth.RGB.select(ORANGE, ColourDepth.FOREGROUND));
    assertEquals("48;5;208", ColourDepth.INDEXED256.select(ORANGE, ColourDepth.BACKGROUND));
    assertEquals("33", ColourDepth.ANSI16.select(ORANGE, ColourDepth.FOREGROUND));
    assertEquals("", ColourDepth.NONE.select(ORANGE, ColourDepth.FOREGROUND));
  }

  @Test
  void named_colours_stay_named() {
    for (var depth : new ColourDepth[] {ColourDepth.ANSI16, ColourDepth.RGB}) {
      assertEquals("31", depth.select(TextColor.ANSI.RED, ColourDepth.FOREGROUND));
      assertEquals("107", depth.select(TextColor.ANSI.WHITE_BRIGHT, ColourDepth.BACKGROUND));
      assertEquals("39", depth.select(TextColor.ANSI.DEFAULT, ColourDepth.FOREGROUND));
    }
  }

  @Test
  void greys_are_taken_from_the_grey_ramp() {
    var grey = new TextColor.RGB(48, 48, 48);
    assertEquals("38;5;236", ColourDepth.INDEXED256.select(grey, ColourDepth.FOREGROUND));
    var bright = new TextColor.Indexed(196);
    assertEquals("91", ColourDepth.ANSI16.select(bright, ColourDepth.FOREGROUND));
  }

  @Test
  void pens_change_by_the_shortest_sequence() {
    var red = new Pen(TextColor.ANSI.RED, TextColor.ANSI.DEFAULT, 0);
    var boldRed = new Pen(TextColor.ANSI.RED, TextColor.ANSI.DEFAULT, Pen.BOLD);
    assertEquals("\033[31m", change(Pen.PLAIN, red));
    assertEquals("\033[1m", change(red, boldRed));
    assertEquals("\033[22m", change(boldRed, red));
    assertEquals("\033[m", change(boldRed, Pen.PLAIN));
    assertEquals("", PenChange.between(Pen.PLAIN, red, ColourDepth.NONE));
  }

  private static String change(Pen from, Pen to) {
    return PenChange.between(from, to, ColourDepth.ANSI16);
  }
}
