package dev.knothole.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellWidthTest {
  @ParameterizedTest
  @CsvSource({
    "a, 1",
    "ä, 1",
    "日, 2",
    "한, 2",
    "ｆ, 2",
    "カ, 2",
    "⌚, 2",
    "✅, 2",
    "⭐, 2",
    "😀, 2",
    "e\u0301, 1",
    "🇩🇪, 2",
    "1\uFE0F\u20E3, 1",
    "❤\uFE0F, 1",
    "ℹ\uFE0F, 1",
    "❤, 1",
    "👍🏽, 2",
    "👨‍👩‍👧, 2",
    "🏳️‍🌈, 1",
    "\u00AD, 1",
    "\uE0A0, 1",
    "§, 1",
    "│, 1",
    "ﾊ, 1",
    "\u0301, 0",
    "\u200B, 0",
    "\u200D, 0",
    "\u1112\u1161\u11AB, 2",
    "\u3000, 2",
    "𠀀, 2"
  })
  void a_cluster_is_as_wide_as_its_base(String cluster, int columns) {
    assertEquals(columns, CellWidth.COMMON.of(cluster));
  }

  @Test
  void a_terminal_may_widen_what_has_a_variation_selector() {
    var widening = new CellWidth(true);
    assertEquals(2, widening.of("❤\uFE0F"));
    assertEquals(2, widening.of("1\uFE0F\u20E3"));
    assertEquals(1, widening.of("❤"));
    assertEquals(2, widening.of("😀\uFE0F"));
  }

  @Test
  void every_character_of_emoji_presentation_has_two_columns() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(Character::isEmojiPresentation)
        .forEach(emoji -> assertEquals(2, CellWidth.of(emoji), Integer.toHexString(emoji)));
  }

  @Test
  void the_width_of_a_text_is_the_sum_of_its_clusters() {
    for (int seed = 0; seed < 1000; seed++) {
      String text = RandomProse.of(new Random(seed), 30);
      int sum = Graphemes.of(text).stream().mapToInt(CellWidth.COMMON::of).sum();
      assertEquals(sum, CellWidth.COMMON.of(text), "seed " + seed);
    }
  }
}
