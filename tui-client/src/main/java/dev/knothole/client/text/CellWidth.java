package dev.knothole.client.text;

/// How many columns of a terminal a cluster fills: none, one or two.
///
/// A cluster is as wide as its base; whatever joins the base adds nothing. Terminals agree on that
/// for everything in common use and disagree on emoji sequences, where no table is right
/// everywhere (tmux 3.3a, GNU screen 4.9 and xterm 379 give a base with a variation selector the
/// width of the base, others give it two). The one difference that a terminal can be asked about is
/// a setting.
///
/// @param variationWidens whether U+FE0F makes a narrow base two columns wide
public record CellWidth(boolean variationWidens) {
  /// What most terminals do.
  public static final CellWidth COMMON = new CellWidth(false);

  private static final int VARIATION_SELECTOR_16 = 0xFE0F;
  private static final int SOFT_HYPHEN = 0xAD;

  /// The columns of a text, the sum over its clusters.
  public int of(String text) {
    var sum = new int[1];
    Graphemes.forEach(text, (start, end) -> sum[0] += of(text, start, end));
    return sum[0];
  }

  /// The columns of the one cluster between two positions of a text.
  public int of(CharSequence text, int start, int end) {
    if (end - start == 1) {
      return of(text.charAt(start));
    }
    int width = 0;
    for (int at = start; at < end && width == 0; ) {
      int codePoint = Character.codePointAt(text, at);
      width = of(codePoint);
      at += Character.charCount(codePoint);
    }
    return width == 1 && variationWidens && varies(text, start, end) ? 2 : width;
  }

  private static boolean varies(CharSequence text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (text.charAt(at) == VARIATION_SELECTOR_16) {
        return true;
      }
    }
    return false;
  }

  /// The columns of a character that stands alone.
  public static int of(int codePoint) {
    if (codePoint < 0x300) {
      return codePoint >= 0x20 && (codePoint < 0x7F || codePoint >= 0xA0) ? 1 : 0;
    }
    if (fills(codePoint)) {
      return WideRanges.contain(codePoint) ? 2 : 1;
    }
    return 0;
  }

  private static boolean fills(int codePoint) {
    if (codePoint >= 0x4E00 && codePoint <= 0x9FFF) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> codePoint == SOFT_HYPHEN || visibleFormat(codePoint);
      default -> true;
    };
  }

  /// Format characters that have a shape: the number signs and marks of Arabic, Syriac and Kaithi.
  static boolean visibleFormat(int codePoint) {
    return (codePoint >= 0x600 && codePoint <= 0x605)
        || codePoint == 0x6DD
        || codePoint == 0x70F
        || codePoint == 0x890
        || codePoint == 0x891
        || codePoint == 0x8E2
        || codePoint == 0x110BD
        || codePoint == 0x110CD;
  }
}
