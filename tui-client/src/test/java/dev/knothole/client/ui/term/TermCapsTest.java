package dev.knothole.client.ui.term;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermCapsTest {
  @ParameterizedTest
  @CsvSource({
    "xterm-256color, '', INDEXED256",
    "xterm-256color, truecolor, RGB",
    "tmux-256color, 24bit, RGB",
    "xterm, '', ANSI16",
    "linux, '', ANSI16",
    "vt100, truecolor, NONE",
    "xterm-kitty, '', INDEXED256",
    "alacritty, '', INDEXED256",
    "xterm-direct, '', RGB"
  })
  void colours_follow_term_and_colorterm(String term, String colorTerm, ColourDepth depth) {
    assertEquals(depth, TermCaps.of(Map.of("TERM", term, "COLORTERM", colorTerm)).colours());
  }

  @Test
  void no_color_means_none() {
    var caps =
        TermCaps.of(Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "NO_COLOR", "1"));
    assertEquals(ColourDepth.NONE, caps.colours());
  }

  @Test
  void gnu_screen_gets_single_characters_and_no_rgb() {
    var screen =
        TermCaps.of(
            Map.of("TERM", "screen.xterm-256color", "COLORTERM", "truecolor", "STY", "1.pts"));
    assertTrue(screen.baseOnly());
    assertEquals(ColourDepth.INDEXED256, screen.colours());
    assertTrue(TermCaps.of(Map.of("TERM", "screen")).baseOnly());
    assertFalse(TermCaps.of(Map.of("TERM", "screen-256color", "TMUX", "/tmp/x")).baseOnly());
  }

  @Test
  void background_is_not_erased_under_the_name_of_screen() {
    assertFalse(TermCaps.of(Map.of("TERM", "screen-256color", "TMUX", "x")).backgroundErases());
    assertTrue(TermCaps.of(Map.of("TERM", "xterm-256color")).backgroundErases());
  }

  @Test
  void of_an_unknown_terminal_only_the_least_is_asked() {
    var caps = TermCaps.of(Map.of("TERM", "wy50"));
    assertFalse(caps.scrollRegions() || caps.synchronizes() || caps.titled());
    assertTrue(caps.baseOnly());
  }

  @Test
  void a_full_screen_needs_a_terminal_that_can_place_text() {
    assertFalse(TermCaps.fullScreen(Map.of()));
    assertFalse(TermCaps.fullScreen(Map.of("TERM", "dumb")));
    assertTrue(TermCaps.fullScreen(Map.of("TERM", "xterm")));
  }
}
