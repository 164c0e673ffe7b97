package dev.knothole.client.ui.term;

import dev.knothole.client.text.CellWidth;

/// Which clusters terminals measure differently.
///
/// Safe are single characters of the scripts that have had their width for decades, each with at
/// most the marks of its own cell: Latin, Greek, Cyrillic, punctuation, box drawing, Kana, CJK and
/// Hangul. Everything else, emoji above all, is drawn so that the damage stays in its cell.
final class Risk {
  /// Ranges of safe single characters, ascending.
  private static final char[][] SAFE = {
    {0x20, 0xAC}, {0xAE, 0x2FF}, {0x370, 0x482}, {0x48A, 0x52F}, {0x1E00, 0x1FFF},
    {0x2010, 0x2027}, {0x2030, 0x205E}, {0x20A0, 0x20BF}, {0x2100, 0x2121}, {0x2190, 0x2199},
    {0x2200, 0x22FF}, {0x2400, 0x2426}, {0x2500, 0x25A1}, {0x25CB, 0x25CF}, {0x3000, 0x3029},
    {0x3041, 0x3096}, {0x309B, 0x30FF}, {0x3131, 0x3163}, {0x3220, 0x3247}, {0x4E00, 0x9FFF},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0xFFFD, 0xFFFD},
  };

  private Risk() {}

  static boolean of(String cluster) {
    return cluster.length() != 1 ? !cluster.isEmpty() : !safe(cluster.charAt(0));
  }

  private static boolean safe(char c) {
    if (c < 0x7F) {
      return true;
    }
    for (var range : SAFE) {
      if (c <= range[1]) {
        return c >= range[0];
      }
    }
    return false;
  }

  /// The most columns that any terminal gives a cluster: each of its characters on its own, and two
  /// at least, as a selector or another table may have it.
  static int mostColumns(String cluster) {
    return Math.max(2, cluster.codePoints().map(Risk::columns).sum());
  }

  /// The two letters of a flag have two columns together, everywhere.
  static int columns(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF ? 1 : CellWidth.of(codePoint);
  }

  /// What is left of a cluster for terminals that move the whole line when a cluster is more than
  /// one character.
  static String base(String cluster) {
    return cluster.substring(0, cluster.offsetByCodePoints(0, 1));
  }
}
