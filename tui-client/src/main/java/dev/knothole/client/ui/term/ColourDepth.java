package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TextColor;
import java.nio.charset.StandardCharsets;

/// How many colours the terminal has, and the parameters that select one of them.
enum ColourDepth {
  NONE {
    @Override
    String parameters(TextColor colour, int base) {
      return "";
    }
  },
  ANSI16 {
    @Override
    String parameters(TextColor colour, int base) {
      int index = Palette.nearestAnsi(colour);
      return Integer.toString(index < 8 ? base + index : base + 60 + index - 8);
    }
  },
  INDEXED256 {
    @Override
    String parameters(TextColor colour, int base) {
      return colour instanceof TextColor.Indexed
          ? sequence(colour, base)
          : base + 8 + ";5;" + Palette.nearestIndexed(colour);
    }
  },
  RGB {
    @Override
    String parameters(TextColor colour, int base) {
      return colour instanceof TextColor.Indexed
          ? sequence(colour, base)
          : base + 8 + ";2;" + colour.getRed() + ";" + colour.getGreen() + ";" + colour.getBlue();
    }
  };

  static final int FOREGROUND = 30;
  static final int BACKGROUND = 40;

  /// The SGR parameters of a colour at this depth; the 16 named colours and the default are the
  /// user's own choice and are named, never computed.
  ///
  /// @param base [#FOREGROUND] or [#BACKGROUND]
  String select(TextColor colour, int base) {
    if (this == NONE) {
      return "";
    }
    return colour instanceof TextColor.ANSI ? sequence(colour, base) : parameters(colour, base);
  }

  private static String sequence(TextColor colour, int base) {
    byte[] parameters =
        base == FOREGROUND ? colour.getForegroundSGRSequence() : colour.getBackgroundSGRSequence();
    return new String(parameters, StandardCharsets.US_ASCII);
  }

  abstract String parameters(TextColor colour, int base);
}
