package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.MessageJson;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final String FAMILY = "👨‍👩‍👧‍👦";

  private static String joined(List<DirectMessage> pieces) {
    return pieces.stream().map(DirectMessage::content).collect(Collectors.joining());
  }

  @Test
  void what_fits_is_one_message_line_ends_included() {
    assertEquals(List.of(new DirectMessage("a\nb\n")), Texts.split("a\nb\n"));
  }

  @Test
  void nothing_is_no_message() {
    assertEquals(List.of(), Texts.split(""));
  }

  @Test
  void a_long_text_is_cut_between_characters_as_the_user_sees_them() {
    String text = FAMILY.repeat(200);
    List<DirectMessage> pieces = Texts.split(text);
    assertTrue(pieces.size() > 1);
    pieces.forEach(piece -> assertTrue(piece.content().startsWith(FAMILY)));
    assertEquals(text, joined(pieces));
  }

  @Test
  void a_character_that_does_not_fit_is_cut_between_its_code_points() {
    String zalgo = "a" + "\u0301".repeat(2000);
    assertEquals(zalgo, joined(Texts.split(zalgo)));
  }

  @Test
  void half_a_character_is_replaced() {
    assertEquals(List.of(new DirectMessage("a\uFFFDb")), Texts.split("a\uD83Db"));
  }

  @Test
  void a_user_who_says_what_programs_say_to_punch_is_heard() {
    assertEquals(List.of(new DirectMessage("Punch! ")), Texts.split("Punch!"));
  }

  @Test
  void nothing_is_lost_and_every_piece_fits_whatever_the_text() {
    for (long seed = 0; seed < 300; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      String text =
          random
              .ints(random.nextInt(4000), 0, 4)
              .map(
                  kind ->
                      switch (kind) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> 0x300 + random.nextInt(0x70);
                        case 2 -> 0x1F300 + random.nextInt(0x300);
                        default -> 0x4E00 + random.nextInt(0x1000);
                      })
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      List<DirectMessage> pieces = Texts.split(text);
      assertEquals(text, joined(pieces), "seed " + seed);
      for (DirectMessage piece : pieces) {
        assertTrue(MessageJson.encode(piece).length <= MessageJson.MAX_BYTES, "seed " + seed);
      }
    }
  }
}
