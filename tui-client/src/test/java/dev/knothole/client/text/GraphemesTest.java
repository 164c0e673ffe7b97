package dev.knothole.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphemesTest {
  @Test
  void what_a_reader_takes_for_one_character_is_one_cluster() {
    assertEquals(
        List.of("a", "e\u0301", "👨‍👩‍👧", "🇩🇪", "🇫🇷", "👍🏽", "❤️", "\r\n", "한", "각"),
        Graphemes.of("ae\u0301👨‍👩‍👧🇩🇪🇫🇷👍🏽❤️\r\n한각"));
  }

  @Test
  void clusters_are_those_of_the_jdk_over_the_whole_text() {
    for (int seed = 0; seed < 3000; seed++) {
      String text = RandomProse.of(new Random(seed), 30);
      assertEquals(jdkClusters(text), Graphemes.of(text), "seed " + seed);
    }
  }

  @Test
  void next_and_previous_step_over_the_same_boundaries() {
    for (int seed = 0; seed < 1000; seed++) {
      String text = RandomProse.of(new Random(seed), 30);
      int at = 0;
      for (var cluster : Graphemes.of(text)) {
        int next = Graphemes.next(text, at);
        assertEquals(at + cluster.length(), next, "seed " + seed);
        assertEquals(at, Graphemes.previous(text, next), "seed " + seed);
        at = next;
      }
      assertEquals(text.length(), Graphemes.next(text, text.length()));
    }
  }

  @Test
  void words_are_letters_and_digits_for_alt_f_and_alt_b() {
    String text = "say: naïve e\u0301te\u0301 42";
    assertEquals(3, Graphemes.wordEnd(text, 0));
    assertEquals(10, Graphemes.wordEnd(text, 3));
    assertEquals(16, Graphemes.wordEnd(text, 10));
    assertEquals(text.length(), Graphemes.wordEnd(text, 16));
    assertEquals(11, Graphemes.wordStart(text, 17));
    assertEquals(0, Graphemes.wordStart(text, 5));
  }

  @Test
  void ctrl_w_goes_back_to_the_last_blank() {
    String text = "see http://x.y/z  ";
    assertEquals(4, Graphemes.blankWordStart(text, text.length()));
    assertEquals(0, Graphemes.blankWordStart(text, 4));
  }

  private static List<String> jdkClusters(String text) {
    var breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    var clusters = new ArrayList<String>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      clusters.add(text.substring(from, to));
      from = to;
    }
    return clusters;
  }
}
