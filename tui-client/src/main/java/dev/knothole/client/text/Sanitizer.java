package dev.knothole.client.text;

/// Makes the text of a stranger safe to draw.
///
/// What a terminal would obey (control characters, escape sequences) becomes a visible picture of
/// itself. What nobody would see (bidirectional overrides, zero width characters, invisible
/// letters) is removed, because it serves to make one text look like another; joiners and variation
/// selectors stay where they belong, inside emoji and between the letters of scripts that need
/// them. Marks are kept, but only so many on one character. Sanitizing twice changes nothing more.
public final class Sanitizer {
  /// Vietnamese and Hebrew need three marks on a letter, Tibetan five.
  static final int MAX_MARKS = 6;

  /// The longest emoji in use, a kiss with two skin tones, has ten.
  static final int MAX_CLUSTER_CODE_POINTS = 20;

  private static final String TAB = "    ";
  private static final int REPLACEMENT = 0xFFFD;
  private static final int DOTTED_CIRCLE = 0x25CC;

  private final String text;
  private final String lineBreak;
  private final StringBuilder out;
  private int marks;

  private Sanitizer(String text, String lineBreak) {
    this.text = text;
    this.lineBreak = lineBreak;
    this.out = new StringBuilder(text.length());
  }

  /// For messages: line breaks of every kind become `\n`, everything else is on a line.
  public static String text(String text) {
    return new Sanitizer(text, "\n").sanitized();
  }

  /// For names, titles and whatever else has one line: line breaks become blanks.
  public static String line(String text) {
    return new Sanitizer(text, " ").sanitized();
  }

  private String sanitized() {
    if (plain()) {
      return text;
    }
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (codePoint == '\r' && at < text.length() && text.charAt(at) == '\n') {
        continue;
      }
      append(codePoint, at < text.length() ? text.codePointAt(at) : -1);
    }
    return withoutEndlessClusters(out.toString());
  }

  private boolean plain() {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < 0x20 || c > 0x7E) {
        return false;
      }
    }
    return true;
  }

  private void append(int codePoint, int next) {
    if (mark(codePoint)) {
      appendMark(codePoint);
      return;
    }
    marks = 0;
    if (codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0)) {
      appendControl(codePoint);
    } else if (codePoint == 0x2028 || codePoint == 0x2029) {
      out.append(lineBreak);
    } else if (codePoint == Invisible.ZERO_WIDTH_JOINER
        || codePoint == Invisible.ZERO_WIDTH_NON_JOINER) {
      appendJoiner(codePoint, next);
    } else if (Invisible.unpaired(codePoint)) {
      out.appendCodePoint(REPLACEMENT);
    } else if (Invisible.tag(codePoint) ? Invisible.takesTag(last()) : !Invisible.is(codePoint)) {
      out.appendCodePoint(codePoint);
    }
  }

  private void appendControl(int codePoint) {
    switch (codePoint) {
      case '\n', 0x85 -> out.append(lineBreak);
      case '\t' -> out.append(TAB);
      case 0x7F -> out.append('\u2421');
      default -> out.appendCodePoint(codePoint < 0x20 ? 0x2400 + codePoint : REPLACEMENT);
    }
  }

  private static boolean mark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          !Invisible.variationSelector(codePoint);
      default -> Invisible.emojiVariation(codePoint);
    };
  }

  /// A mark needs something to stand on: the start of a line is nothing, and what Unicode has not
  /// assigned yet takes none.
  private void appendMark(int codePoint) {
    if (Invisible.is(codePoint)
        || (Invisible.emojiVariation(codePoint) && !Character.isEmoji(last()))) {
      return;
    }
    if (last() == '\n' || Character.getType(last()) == Character.UNASSIGNED) {
      out.appendCodePoint(DOTTED_CIRCLE);
    }
    if (marks < MAX_MARKS) {
      marks++;
      out.appendCodePoint(codePoint);
    }
  }

  private void appendJoiner(int joiner, int next) {
    boolean emoji =
        joiner == Invisible.ZERO_WIDTH_JOINER
            && Invisible.joinsEmoji(last())
            && Character.isExtendedPictographic(next);
    if (emoji || (Invisible.joinsLetters(last()) && Invisible.joinsLetters(next))) {
      out.appendCodePoint(joiner);
    }
  }

  private int last() {
    return out.isEmpty() ? '\n' : out.codePointBefore(out.length());
  }

  /// Some scripts allow clusters without end, which a cell cannot hold.
  private static String withoutEndlessClusters(String text) {
    var bounded = new StringBuilder(text.length());
    Graphemes.forEach(
        text,
        (start, end) -> {
          if (end - start > MAX_CLUSTER_CODE_POINTS
              && text.codePointCount(start, end) > MAX_CLUSTER_CODE_POINTS) {
            int kept = text.offsetByCodePoints(start, MAX_CLUSTER_CODE_POINTS - 2);
            bounded.append(text, start, kept).appendCodePoint(REPLACEMENT);
          } else {
            bounded.append(text, start, end);
          }
        });
    return bounded.toString();
  }
}
