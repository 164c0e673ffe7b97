package dev.knothole.client.ui.term;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.Collection;
import java.util.EnumSet;

/// How a cell is painted: two colours and a set of attributes.
///
/// @param attributes a sum of the constants below
record Pen(TextColor foreground, TextColor background, int attributes) {
  static final int BOLD = 1;
  static final int ITALIC = 2;
  static final int UNDERLINE = 4;
  static final int BLINK = 8;
  static final int REVERSE = 16;
  static final int CROSSED_OUT = 32;

  /// The attributes that change the look of a blank.
  private static final int SEEN_ON_BLANK = UNDERLINE | REVERSE | CROSSED_OUT;

  static final Pen PLAIN = new Pen(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, 0);

  static Pen of(TextColor foreground, TextColor background, Collection<SGR> attributes) {
    int bits = 0;
    for (var attribute : attributes) {
      bits |= bit(attribute);
    }
    return new Pen(foreground, background, bits);
  }

  /// Borders, circles and Fraktur are in the standard and in no terminal; they paint nothing.
  private static int bit(SGR attribute) {
    return switch (attribute) {
      case BOLD -> BOLD;
      case ITALIC -> ITALIC;
      case UNDERLINE -> UNDERLINE;
      case BLINK -> BLINK;
      case REVERSE -> REVERSE;
      case CROSSED_OUT -> CROSSED_OUT;
      case BORDERED, FRAKTUR, CIRCLED -> 0;
    };
  }

  EnumSet<SGR> modifiers() {
    var modifiers = EnumSet.noneOf(SGR.class);
    for (var attribute : SGR.values()) {
      if ((attributes & bit(attribute)) != 0) {
        modifiers.add(attribute);
      }
    }
    return modifiers;
  }

  /// Whether a blank of this pen is nothing but its background.
  boolean leavesBlanksAlone() {
    return (attributes & SEEN_ON_BLANK) == 0;
  }

  /// The pen of a blank that looks like one of this pen.
  Pen forBlank() {
    return leavesBlanksAlone() && !(attributes == 0 && foreground == TextColor.ANSI.DEFAULT)
        ? new Pen(TextColor.ANSI.DEFAULT, background, 0)
        : this;
  }
}
