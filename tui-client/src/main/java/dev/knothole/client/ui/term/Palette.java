package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TextColor;

/// The nearest colour that a terminal of fewer colours has.
final class Palette {
  /// The levels of the 6x6x6 colour cube that begins at index 16 (xterm).
  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  private static final int GREY_START = 232;
  private static final int GREY_STEPS = 24;

  /// xterm's own rendering of the 16 named colours.
  private static final int[] ANSI = {
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  };

  private Palette() {}

  static int nearestAnsi(TextColor colour) {
    int nearest = 0;
    for (int index = 1; index < ANSI.length; index++) {
      if (distance(colour, ANSI[index]) < distance(colour, ANSI[nearest])) {
        nearest = index;
      }
    }
    return nearest;
  }

  static int nearestIndexed(TextColor colour) {
    int red = level(colour.getRed());
    int green = level(colour.getGreen());
    int blue = level(colour.getBlue());
    int cube = (CUBE[red] << 16) | (CUBE[green] << 8) | CUBE[blue];
    int average = (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3;
    int step = Math.clamp((average - 3) / 10, 0, GREY_STEPS - 1);
    int grey = (8 + 10 * step) * 0x010101;
    return distance(colour, grey) < distance(colour, cube)
        ? GREY_START + step
        : 16 + 36 * red + 6 * green + blue;
  }

  private static int level(int value) {
    int nearest = 0;
    for (int level = 1; level < CUBE.length; level++) {
      if (Math.abs(CUBE[level] - value) < Math.abs(CUBE[nearest] - value)) {
        nearest = level;
      }
    }
    return nearest;
  }

  private static int distance(TextColor colour, int rgb) {
    int red = colour.getRed() - (rgb >> 16);
    int green = colour.getGreen() - ((rgb >> 8) & 0xFF);
    int blue = colour.getBlue() - (rgb & 0xFF);
    return red * red + green * green + blue * blue;
  }
}
