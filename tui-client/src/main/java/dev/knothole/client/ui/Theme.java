package dev.knothole.client.ui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import com.googlecode.lanterna.graphics.TextGraphics;
import java.util.List;

/// Colours that read on black and on white: the sixteen of the terminal's own palette, its own
/// background, and never colour alone as the carrier of a meaning.
record Theme(TextColor foreground, TextColor background, List<SGR> modifiers) {
  static final Theme PLAIN = of(ANSI.DEFAULT, ANSI.DEFAULT);
  static final Theme FAINT = of(ANSI.BLACK_BRIGHT, ANSI.DEFAULT);
  static final Theme NOTICE = of(ANSI.CYAN, ANSI.DEFAULT);
  static final Theme PROBLEM = of(ANSI.RED, ANSI.DEFAULT);
  static final Theme BORDER = of(ANSI.BLACK_BRIGHT, ANSI.DEFAULT);
  static final Theme BAR = of(ANSI.WHITE, ANSI.BLUE);
  static final Theme BAR_WARNING = of(ANSI.BLACK, ANSI.YELLOW);
  static final Theme SELECTED = of(ANSI.DEFAULT, ANSI.DEFAULT, SGR.REVERSE);
  static final Theme UNREAD = of(ANSI.YELLOW, ANSI.DEFAULT, SGR.BOLD);

  private static final List<TextColor> NICKS =
      List.of(
          ANSI.GREEN, ANSI.MAGENTA, ANSI.CYAN, ANSI.YELLOW, ANSI.BLUE_BRIGHT, ANSI.MAGENTA_BRIGHT);

  private static Theme of(TextColor foreground, TextColor background, SGR... modifiers) {
    return new Theme(foreground, background, List.of(modifiers));
  }

  void on(TextGraphics graphics) {
    graphics.clearModifiers();
    graphics.setForegroundColor(foreground).setBackgroundColor(background);
    modifiers.forEach(graphics::enableModifiers);
  }

  /// A name has the same colour everywhere and always.
  static void nick(TextGraphics graphics, String name, boolean own) {
    PLAIN.on(graphics);
    if (own) {
      graphics.enableModifiers(SGR.BOLD);
    } else {
      graphics.setForegroundColor(NICKS.get(Math.floorMod(name.hashCode(), NICKS.size())));
    }
  }
}
