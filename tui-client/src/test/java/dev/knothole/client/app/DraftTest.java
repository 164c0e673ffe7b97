package dev.knothole.client.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.text.Graphemes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DraftTest {
  private static final List<String> PIECES =
      List.of(
          "a", "word ", "é", "e\u0301", "👍🏽", "👨‍👩‍👧‍👦", "漢", "\n", " ", "🇩🇪", "\t", "x-y");

  @Test
  void keys_move_and_delete_whole_characters_as_a_person_sees_them() {
    var draft = Draft.of("a👨‍👩‍👧‍👦e\u0301");
    assertEquals("a👨‍👩‍👧‍👦", draft.without(draft.left()).text());
    assertEquals("ae\u0301", draft.left().without(draft.left().left()).text());
    assertEquals("a", draft.left().left().beforeCursor());
  }

  @Test
  void words_are_deleted_as_in_a_shell() {
    var draft = Draft.of("say hello world");
    assertEquals("say hello ", draft.without(draft.wordLeft()).text());
    assertEquals(" hello world", draft.at(0).without(draft.at(0).wordRight()).text());
  }

  @Test
  void transposing_swaps_the_characters_around_the_cursor() {
    assertEquals(Draft.of("ba"), Draft.of("ab").transpose());
    assertEquals(new Draft("bac", 2), new Draft("abc", 1).transpose());
    assertEquals(new Draft("abc", 0), new Draft("abc", 0).transpose());
    assertEquals(Draft.EMPTY, Draft.EMPTY.transpose());
  }

  @Test
  void line_keys_stay_on_their_line_and_up_and_down_keep_the_column() {
    var draft = new Draft("one\ntwo three\nx", 8);
    assertEquals(4, draft.lineStart().cursor());
    assertEquals(13, draft.lineEnd().cursor());
    assertEquals(3, draft.lineUp().cursor());
    assertEquals(15, draft.lineDown().cursor());
    assertTrue(draft.lineUp().onFirstLine() && draft.lineDown().onLastLine());
  }

  @Test
  void control_characters_never_enter_a_draft() {
    assertEquals("a\nb\nc\td", Draft.EMPTY.insert("a\r\nb\rc\td\u001b\u0000\u007f\u009b").text());
  }

  @Test
  void whatever_is_typed_the_cursor_stands_between_two_characters() {
    for (long seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var draft = Draft.EMPTY;
      for (int key = 0; key < 60; key++) {
        draft = press(draft, random);
        assertTrue(isBoundary(draft), "seed " + seed + ": " + draft);
      }
    }
  }

  private static Draft press(Draft draft, Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> draft.left();
      case 1 -> draft.right();
      case 2 -> draft.wordLeft();
      case 3 -> draft.wordRight();
      case 4 -> draft.lineStart();
      case 5 -> draft.lineEnd();
      case 6 -> draft.onFirstLine() ? draft : draft.lineUp();
      case 7 -> draft.onLastLine() ? draft : draft.lineDown();
      case 8 -> draft.without(draft.left());
      case 9 -> draft.without(draft.wordRight());
      case 10 -> draft.transpose();
      default -> draft.insert(PIECES.get(random.nextInt(PIECES.size())));
    };
  }

  private static boolean isBoundary(Draft draft) {
    int cursor = draft.cursor();
    return cursor == 0
        || cursor == draft.text().length()
        || Graphemes.next(draft.text(), Graphemes.previous(draft.text(), cursor)) == cursor;
  }
}
