package dev.knothole.client.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where one cluster ends and the next begins (extended grapheme clusters, UAX #29).
///
/// All positions are indices into the string. The JDK's break iterator looks at a whole text before
/// it answers, so it is asked about the stretches that need it only: between two *simple*
/// characters there is always a boundary, and most text consists of those.
public final class Graphemes {
  private Graphemes() {}

  /// Receives the clusters of a text in order, each as a range of it.
  public interface Visitor {
    void cluster(int start, int end);
  }

  /// The clusters of a text.
  public static List<String> of(String text) {
    var clusters = new ArrayList<String>(text.length());
    forEach(text, (start, end) -> clusters.add(text.substring(start, end)));
    return clusters;
  }

  /// Visits every cluster; linear in the length of the text.
  public static void forEach(String text, Visitor visitor) {
    int at = 0;
    while (at < text.length()) {
      int end = endOfStretch(text, at);
      if (end - at == 1) {
        visitor.cluster(at, end);
      } else {
        visitStretch(text, at, end, visitor);
      }
      at = end;
    }
  }

  private static void visitStretch(String text, int start, int end, Visitor visitor) {
    var breaks = breaksOf(text.substring(start, end));
    int from = 0;
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      visitor.cluster(start + from, start + to);
      from = to;
    }
  }

  /// The end of the cluster that starts at `index`, which must be a boundary; the text's length at
  /// its end.
  public static int next(String text, int index) {
    if (index >= text.length()) {
      return text.length();
    }
    int end = endOfStretch(text, index);
    return end - index == 1 ? end : index + breaksOf(text.substring(index, end)).next();
  }

  /// The start of the cluster that ends at or reaches over `index`; zero at the start.
  public static int previous(String text, int index) {
    if (index <= 0) {
      return 0;
    }
    int start = index - 1;
    while (start > 0 && !boundary(text, start)) {
      start--;
    }
    int at = start;
    for (int next = next(text, at); next < index; next = next(text, at)) {
      at = next;
    }
    return at;
  }

  /// The end of the word at or after `index`, as Alt-f moves: over what is no word, then over it.
  public static int wordEnd(String text, int index) {
    int at = index;
    while (at < text.length() && !wordAt(text, at)) {
      at = next(text, at);
    }
    while (at < text.length() && wordAt(text, at)) {
      at = next(text, at);
    }
    return at;
  }

  /// The start of the word at or before `index`, as Alt-b moves.
  public static int wordStart(String text, int index) {
    int at = index;
    while (at > 0 && !wordAt(text, previous(text, at))) {
      at = previous(text, at);
    }
    while (at > 0 && wordAt(text, previous(text, at))) {
      at = previous(text, at);
    }
    return at;
  }

  /// The start of what Ctrl-W removes before `index`: blanks, then everything up to the next blank.
  public static int blankWordStart(String text, int index) {
    int at = index;
    while (at > 0 && blankAt(text, previous(text, at))) {
      at = previous(text, at);
    }
    while (at > 0 && !blankAt(text, previous(text, at))) {
      at = previous(text, at);
    }
    return at;
  }

  private static boolean wordAt(String text, int index) {
    int first = text.codePointAt(index);
    return Character.isLetterOrDigit(first) || first == '_';
  }

  private static boolean blankAt(String text, int index) {
    return Character.isWhitespace(text.codePointAt(index));
  }

  private static int endOfStretch(String text, int start) {
    int end = start + 1;
    while (end < text.length() && !boundary(text, end)) {
      end++;
    }
    return end;
  }

  /// Whether a boundary before `index` is certain from its two neighbours alone.
  private static boolean boundary(String text, int index) {
    char before = text.charAt(index - 1);
    char after = text.charAt(index);
    if (!simple(after) || (before == '\r' && after == '\n')) {
      return false;
    }
    return simple(before)
        || !(Character.isSurrogate(before) || prepended(before) || picture(after));
  }

  /// Characters of the class "other" or "control" of UAX #29, and whole Hangul syllables: nothing
  /// but a prepended mark joins them from the left.
  private static boolean simple(char c) {
    return c < 0x300
        || (c >= 0x370 && c <= 0x482)
        || (c >= 0x2500 && c <= 0x257F)
        || (c >= 0x3041 && c <= 0x3096)
        || (c >= 0x30A1 && c <= 0x30FA)
        || (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0xAC00 && c <= 0xD7A3);
  }

  /// Prepended_Concatenation_Mark and the like: they join what follows.
  private static boolean prepended(char c) {
    return CellWidth.visibleFormat(c) || c == 0xD4E;
  }

  /// The pictographs among the simple characters; a zero width joiner may stand before them.
  private static boolean picture(char c) {
    return c == 0xA9 || c == 0xAE;
  }

  private static BreakIterator breaksOf(String text) {
    var breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    return breaks;
  }
}
