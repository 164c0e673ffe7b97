package dev.knothole.client.ui.term;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.Symbols;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.RandomProse;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellGraphicsTest {
  private final CellGrid grid = new CellGrid(new TerminalSize(12, 3), CellWidth.COMMON);
  private final TextGraphics g = grid.graphics();

  @Test
  void strings_are_put_by_clusters() {
    g.putString(0, 0, "a😀e\u0301日|");
    assertEquals("a😀e\u0301日|\n\n\n", grid.text());
    assertTrue(grid.at(1, 0).isWide());
    assertTrue(grid.at(2, 0).isRightHalf());
    assertEquals("|", grid.at(6, 0).text());
  }

  @Test
  void half_a_wide_cell_becomes_blank() {
    g.putString(0, 0, "日日日");
    g.putString(1, 0, "x");
    g.putString(4, 0, "y");
    assertEquals(" x日y\n\n\n", grid.text());
    g.putString(11, 1, "日");
    assertEquals("", grid.text().lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void nothing_leaves_the_rectangle_of_a_brush() {
    g.fill('.');
    var inner = g.newTextGraphics(new TerminalPosition(2, 1), new TerminalSize(5, 1));
    inner.putString(-1, 0, "abcdefghij");
    inner.putString(0, 1, "below");
    inner.putString(4, 0, "日");
    assertEquals("............\n..bcde .....\n............\n", grid.text());
  }

  @Test
  void control_characters_never_get_into_a_cell() {
    g.putString(0, 0, "a\033[2Jb\u009B\u0000");
    assertEquals("a\uFFFD[2Jb\uFFFD\uFFFD\n\n\n", grid.text());
    g.setCharacter(0, 1, '\007');
    assertEquals("\uFFFD", grid.at(0, 1).text());
  }

  @Test
  void the_halves_of_wide_cells_stay_together_whatever_is_drawn() {
    for (int seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      g.putString(random.nextInt(12), random.nextInt(3), RandomProse.of(random, 4));
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 12; column++) {
          boolean wide = grid.at(column, row).isWide();
          boolean halfFollows = column + 1 < 12 && grid.at(column + 1, row).isRightHalf();
          assertEquals(wide, halfFollows, "seed " + seed);
        }
        assertFalse(grid.at(0, row).isRightHalf(), "seed " + seed);
      }
    }
  }

  @Test
  void styles_are_those_of_lanterna() {
    g.setForegroundColor(TextColor.ANSI.RED).putString(0, 0, "x", SGR.BOLD, SGR.UNDERLINE);
    assertEquals(new Pen(TextColor.ANSI.RED, TextColor.ANSI.DEFAULT, 5), grid.at(0, 0).pen());
    g.putString(1, 0, "y");
    assertEquals(new Pen(TextColor.ANSI.RED, TextColor.ANSI.DEFAULT, 0), grid.at(1, 0).pen());
  }

  @Test
  void images_of_dialogs_keep_their_wide_characters() {
    var image = new BasicTextImage(6, 1);
    image.setCharacterAt(0, 0, TextCharacter.fromString("日")[0]);
    image.setCharacterAt(2, 0, TextCharacter.fromCharacter(Symbols.SINGLE_LINE_VERTICAL)[0]);
    g.drawImage(TerminalPosition.TOP_LEFT_CORNER, image);
    assertEquals("日│\n\n\n", grid.text());
    assertEquals("日", g.getCharacter(0, 0).getCharacterString());
  }
}
