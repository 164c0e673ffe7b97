package dev.knothole.client.ui.term;

import java.util.StringJoiner;

/// The shortest SGR sequence from one pen to another.
final class PenChange {
  /// On and off of each attribute bit, in the order of the bits of [Pen].
  private static final int[] ON = {1, 3, 4, 5, 7, 9};

  private static final int[] OFF = {22, 23, 24, 25, 27, 29};

  private PenChange() {}

  /// Empty when the terminal cannot show the difference.
  static String between(Pen from, Pen to, ColourDepth depth) {
    String step = step(from, to, depth);
    if (step.isEmpty()) {
      return "";
    }
    String fresh = step(Pen.PLAIN, to, depth);
    String afresh = fresh.isEmpty() ? "\033[m" : "\033[0;" + fresh + "m";
    return step.length() + 3 < afresh.length() ? "\033[" + step + "m" : afresh;
  }

  private static String step(Pen from, Pen to, ColourDepth depth) {
    var parameters = new StringJoiner(";");
    for (int bit = 0; bit < ON.length; bit++) {
      boolean was = (from.attributes() & (1 << bit)) != 0;
      boolean is = (to.attributes() & (1 << bit)) != 0;
      if (was != is) {
        parameters.add(Integer.toString(is ? ON[bit] : OFF[bit]));
      }
    }
    if (depth != ColourDepth.NONE) {
      if (!from.foreground().equals(to.foreground())) {
        parameters.add(depth.select(to.foreground(), ColourDepth.FOREGROUND));
      }
      if (!from.background().equals(to.background())) {
        parameters.add(depth.select(to.background(), ColourDepth.BACKGROUND));
      }
    }
    return parameters.toString();
  }
}
