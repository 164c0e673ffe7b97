package dev.knothole.client.ui.term;

import dev.knothole.client.text.CellWidth;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the terminal at hand understands, as far as its environment tells.
///
/// @param backgroundErases whether erasing fills with the background colour of the pen
/// @param baseOnly whether clusters must be cut down to their first character, because the terminal
///     moves the rest of the line when they are not
/// @param scrollRegions whether a part of the rows can be scrolled
/// @param synchronizes whether a frame may be bracketed by mode 2026
/// @param titled whether it has a title that can be set, saved and restored
record TermCaps(
    ColourDepth colours,
    boolean backgroundErases,
    boolean baseOnly,
    boolean scrollRegions,
    boolean synchronizes,
    boolean titled,
    CellWidth widths) {

  /// Families of terminals that follow xterm in all that is asked of them here.
  private static final List<String> LIKE_XTERM =
      List.of(
          "xterm",
          "tmux",
          "screen",
          "rxvt",
          "alacritty",
          "foot",
          "kitty",
          "wezterm",
          "ghostty",
          "contour",
          "konsole",
          "gnome",
          "vte",
          "st",
          "iterm",
          "mintty",
          "putty",
          "eterm");

  /// Terminals that give a base with a variation selector two columns.
  private static final List<String> VARIATION_WIDENS =
      List.of("xterm-kitty", "kitty", "wezterm", "foot", "ghostty", "xterm-ghostty", "contour");

  /// Whether full-screen drawing makes sense at all on a terminal of this environment.
  static boolean fullScreen(Map<String, String> environment) {
    return !List.of("", "dumb", "unknown", "emacs").contains(term(environment));
  }

  static TermCaps of(Map<String, String> environment) {
    String term = term(environment);
    boolean screen = term.startsWith("screen");
    boolean gnuScreen = has(environment, "STY") || (screen && !has(environment, "TMUX"));
    boolean xterm = family(term, LIKE_XTERM);
    boolean linux = term.startsWith("linux");
    return new TermCaps(
        colours(term, environment),
        !screen && (xterm || linux),
        gnuScreen || !xterm,
        xterm || linux || term.startsWith("vt1") || term.startsWith("vt2"),
        xterm,
        xterm,
        new CellWidth(family(term, VARIATION_WIDENS)));
  }

  private static ColourDepth colours(String term, Map<String, String> environment) {
    if (has(environment, "NO_COLOR") || term.startsWith("vt") || term.endsWith("-mono")) {
      return ColourDepth.NONE;
    }
    String wish = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    boolean rgb = wish.equals("truecolor") || wish.equals("24bit") || term.endsWith("-direct");
    if (rgb && !has(environment, "STY")) {
      return ColourDepth.RGB;
    }
    return term.contains("256") || family(term, VARIATION_WIDENS) || term.startsWith("alacritty")
        ? ColourDepth.INDEXED256
        : ColourDepth.ANSI16;
  }

  private static boolean family(String term, List<String> families) {
    for (String family : families) {
      if (term.equals(family) || term.startsWith(family + "-")) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  private static String term(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
  }
}
