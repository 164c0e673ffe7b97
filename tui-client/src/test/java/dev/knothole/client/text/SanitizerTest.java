package dev.knothole.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SanitizerTest {
  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    assertEquals("␛]0;pwn␇␛[2J␍x�", Sanitizer.text("\033]0;pwn\007\033[2J\rx\u009B"));
  }

  @Test
  void line_breaks_of_every_kind_stay_in_messages_and_leave_names() {
    assertEquals("a\nb\nc\nd\ne", Sanitizer.text("a\nb\r\nc\u2028d\u0085e"));
    assertEquals("a b c", Sanitizer.line("a\nb\r\nc"));
    assertEquals("a    b", Sanitizer.text("a\tb"));
  }

  @Test
  void what_nobody_would_see_is_gone() {
    assertEquals("txt.exe", Sanitizer.line("\u202Etxt\u202C.\u2066exe\u2069"));
    assertEquals("alice", Sanitizer.line("a\u200Bl\u2060i\uFEFFc\u00ADe\u3164\u034F"));
    assertEquals("ab", Sanitizer.line("a\uDB40\uDC61b"));
  }

  @Test
  void emoji_keep_their_joiners_selectors_and_tags() {
    for (String emoji :
        new String[] {
          "👨‍👩‍👧‍👦",
          "❤️",
          "🏳️‍🌈",
          "👍🏽",
          "🧑🏽‍🤝‍🧑🏿",
          "🇩🇪",
          "1️⃣",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
          "👩🏼‍❤️‍💋‍👨🏽",
          "❤️‍🔥"
        }) {
      assertEquals("x" + emoji + "y", Sanitizer.text("x" + emoji + "y"));
    }
    assertEquals("ab", Sanitizer.text("a\u200Db\uFE0F"));
  }

  @Test
  void scripts_that_write_with_joiners_keep_them() {
    String persian = "می\u200Cخواهم";
    String hindi = "क्\u200Dष";
    assertEquals(persian, Sanitizer.text(persian));
    assertEquals(hindi, Sanitizer.text(hindi));
  }

  @Test
  void marks_are_bounded_and_never_hang_on_nothing() {
    assertEquals(
        "Z" + "\u0301".repeat(Sanitizer.MAX_MARKS), Sanitizer.text("Z" + "\u0301".repeat(900)));
    assertEquals("◌\u0301a", Sanitizer.text("\u0301a"));
    assertEquals("a\n◌\u0301", Sanitizer.text("a\n\u200B\u0301"));
    assertEquals("Việt", Sanitizer.text("Việt"));
  }

  @Test
  void no_cluster_grows_without_end() {
    for (String part : new String[] {"👨\u200D", "\u1100", "\u0600", "क\u094D"}) {
      for (String cluster : Graphemes.of(Sanitizer.text(part.repeat(500)))) {
        assertTrue(
            cluster.codePointCount(0, cluster.length()) <= Sanitizer.MAX_CLUSTER_CODE_POINTS);
      }
    }
  }

  @Test
  void whatever_comes_is_safe_and_sanitizing_again_changes_nothing() {
    for (int seed = 0; seed < 20_000; seed++) {
      check(RandomProse.of(new Random(seed), 30), "seed " + seed);
    }
  }

  @FuzzTest
  void nothing_unsafe_passes(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    check(text, text);
  }

  private static void check(String text, String about) {
    String message = Sanitizer.text(text);
    String name = Sanitizer.line(text);
    assertEquals(message, Sanitizer.text(message), about);
    assertEquals(name, Sanitizer.line(name), about);
    assertFalse(name.contains("\n"), about);
    assertTrue(message.codePoints().noneMatch(SanitizerTest::forbidden), about);
    assertTrue(name.codePoints().noneMatch(SanitizerTest::forbidden), about);
    Graphemes.forEach(
        name, (start, end) -> assertTrue(CellWidth.COMMON.of(name, start, end) > 0, about));
  }

  private static boolean forbidden(int codePoint) {
    return (codePoint < 0x20 && codePoint != '\n')
        || (codePoint >= 0x7F && codePoint < 0xA0)
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || (codePoint >= 0xD800 && codePoint < 0xE000)
        || codePoint == 0x200B
        || codePoint == 0xFEFF;
  }
}
