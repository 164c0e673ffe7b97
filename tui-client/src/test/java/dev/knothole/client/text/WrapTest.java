package dev.knothole.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WrapTest {
  @Test
  void rows_end_at_blanks() {
    assertEquals(List.of("the quick", "brown fox"), rows("the quick brown fox", 10, 0));
    assertEquals(List.of("abcd", "efgh"), rows("abcd   efgh", 4, 0));
    assertEquals(List.of("abcd", "x"), rows("abcd   \nx", 4, 0));
  }

  @Test
  void long_words_are_broken_and_wide_clusters_are_not() {
    assertEquals(List.of("abc", "def", "g"), rows("abcdefg", 3, 0));
    assertEquals(List.of("日本", "語x"), rows("日本語x", 5, 0));
    assertEquals(List.of("👨‍👩‍👧a", "👨‍👩‍👧b"), rows("👨‍👩‍👧a👨‍👩‍👧b", 3, 0));
  }

  @Test
  void line_breaks_and_indentation_stay() {
    assertEquals(List.of("a", "", "  b", ""), rows("a\n\n  b\n", 10, 0));
    assertEquals(List.of(""), rows("", 10, 0));
  }

  @Test
  void continued_rows_leave_room_for_the_hanging_indent() {
    assertEquals(List.of("12:30 alice", "hello", "there"), rows("12:30 alice hello there", 12, 6));
    assertEquals(List.of("abcdefgh", "ij", "kl"), rows("abcdefghijkl", 8, 100));
  }

  @Test
  void a_message_of_100_kilobytes_is_wrapped_at_once() {
    var random = new Random(1);
    var text = new StringBuilder();
    while (text.length() < 100_000) {
      text.append(Sanitizer.text(RandomProse.of(random, 20)));
    }
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> rows(text.toString(), 80, 6));
  }

  @Test
  void no_row_is_too_wide_and_no_text_is_lost() {
    for (int seed = 0; seed < 5000; seed++) {
      var random = new Random(seed);
      check(RandomProse.of(random, 40), random.nextInt(30), random.nextInt(10), "seed " + seed);
    }
  }

  @FuzzTest
  void any_text_at_any_width(FuzzedDataProvider data) {
    int width = data.consumeInt(0, 200);
    int hanging = data.consumeInt(0, 200);
    check(data.consumeRemainingAsString(), width, hanging, "width " + width);
  }

  private static void check(String stranger, int width, int hanging, String about) {
    String text = Sanitizer.text(stranger);
    var rows = rows(text, width, hanging);
    for (int row = 0; row < rows.size(); row++) {
      int room = Math.max(Wrap.MIN_WIDTH, row == 0 ? width : width - hanging);
      assertTrue(CellWidth.COMMON.of(rows.get(row)) <= room, about + ", row " + row);
    }
    assertEquals(unspaced(text), unspaced(String.join("", rows)), about);
  }

  private static String unspaced(String text) {
    return text.replace(" ", "").replace("\n", "");
  }

  private static List<String> rows(String text, int width, int hanging) {
    return Wrap.rows(text, width, hanging, CellWidth.COMMON);
  }
}
