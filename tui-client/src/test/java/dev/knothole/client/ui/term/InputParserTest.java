package dev.knothole.client.ui.term;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class InputParserTest {
  private static final long MILLI = 1_000_000;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvFileSource(resources = "keys.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 2)
  void terminals_name_their_keys_in_many_ways(String bytes, String expected) {
    assertEquals(expected == null ? "" : expected, read(unescaped(bytes)));
  }

  @ParameterizedTest(name = "{0} cut anywhere")
  @CsvFileSource(resources = "keys.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 2)
  void sequences_may_be_cut_anywhere(String bytes, String expected) {
    byte[] whole = unescaped(bytes);
    for (int cut = 1; cut < whole.length; cut++) {
      var parser = new InputParser();
      var events = new ArrayList<>(parser.feed(whole, cut, 0));
      byte[] rest = Arrays.copyOfRange(whole, cut, whole.length);
      events.addAll(parser.feed(rest, rest.length, 0));
      parser.due().ifPresent(due -> events.addAll(parser.expire(due)));
      assertEquals(expected == null ? "" : expected, described(events), "cut at " + cut);
    }
  }

  @Test
  void random_streams_mean_the_same_however_they_are_cut() {
    for (int seed = 0; seed < 2000; seed++) {
      byte[] stream = stream(new Random(seed));
      var random = new Random(seed);
      var whole = new InputParser();
      var cut = new InputParser();
      var expected = new ArrayList<TermEvent>();
      var events = new ArrayList<TermEvent>();
      for (byte value : stream) {
        expected.addAll(whole.feed(new byte[] {value}, 1, 0));
      }
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(stream.length - at, 1 + random.nextInt(7));
        events.addAll(cut.feed(Arrays.copyOfRange(stream, at, at + length), length, 0));
        at += length;
      }
      assertEquals(described(expected), described(events), "seed " + seed);
    }
  }

  @Test
  void a_lone_escape_acts_after_25_ms_and_not_before() {
    var parser = new InputParser();
    assertEquals(List.of(), feed(parser, "\033", 0));
    assertEquals(InputParser.ESCAPE_WAIT, parser.due().getAsLong());
    assertEquals(List.of(), parser.expire(InputParser.ESCAPE_WAIT - 1));
    assertEquals("Escape", described(parser.expire(InputParser.ESCAPE_WAIT)));
    assertTrue(parser.due().isEmpty());
  }

  @Test
  void the_rest_of_a_sequence_that_comes_late_is_not_typed() {
    var parser = new InputParser();
    feed(parser, "\033", 0);
    parser.expire(25 * MILLI);
    assertEquals("ArrowUp", described(feed(parser, "[A", 120 * MILLI)));
    feed(parser, "\033", 200 * MILLI);
    parser.expire(225 * MILLI);
    assertEquals("Text([)", described(feed(parser, "[", 230 * MILLI)));
    feed(parser, "\033", 300 * MILLI);
    parser.expire(325 * MILLI);
    assertEquals("Text([A)", described(feed(parser, "[A", 900 * MILLI)));
  }

  @Test
  void an_unfinished_sequence_is_given_up_and_typing_goes_on() {
    var parser = new InputParser();
    feed(parser, "\033[1;5", 0);
    assertEquals("", described(parser.expire(250 * MILLI)));
    assertEquals("Text(x)", described(feed(parser, "x", 251 * MILLI)));
    feed(parser, "\033]0;reply", 300 * MILLI);
    parser.expire(550 * MILLI);
    assertEquals("Text(y)", described(feed(parser, "y", 551 * MILLI)));
    feed(parser, "\033[", 600 * MILLI);
    assertEquals("M-[", described(parser.expire(850 * MILLI)));
    feed(parser, "\033]", 900 * MILLI);
    assertEquals("M-]", described(parser.expire(925 * MILLI)));
  }

  @Test
  void a_bracketed_paste_is_one_event_over_many_reads() {
    var parser = new InputParser();
    assertEquals(List.of(), feed(parser, "\033[200~one\r\ntwo\r", 0));
    assertEquals(List.of(), feed(parser, "thr\033[Aee\033[2", 5 * MILLI));
    assertEquals(
        List.of(new TermEvent.Paste("one\ntwo\nthr\033[Aee"), new TermEvent.Text("x")),
        feed(parser, "01~x", 9 * MILLI));
  }

  @Test
  void a_paste_beyond_the_bound_loses_its_end_and_nothing_else() {
    var parser = new InputParser();
    feed(parser, "\033[200~", 0);
    byte[] part = "0123456789".repeat(10_000).getBytes(UTF_8);
    for (int at = 0; at < 15; at++) {
      assertEquals(List.of(), parser.feed(part, part.length, 0));
    }
    var events = feed(parser, "\033[201~z", 0);
    assertEquals(2, events.size());
    var paste = (TermEvent.Paste) events.get(0);
    assertEquals(InputParser.MAX_PASTE_BYTES, paste.text().length());
    assertEquals(new TermEvent.Text("z"), events.get(1));
  }

  @Test
  void a_paste_without_end_is_over_after_a_while() {
    var parser = new InputParser();
    feed(parser, "\033[200~abc", 0);
    assertEquals(List.of(new TermEvent.Paste("abc")), parser.expire(InputParser.PASTE_WAIT));
    assertEquals("Text(d)", described(feed(parser, "d", InputParser.PASTE_WAIT)));
  }

  @Test
  void several_lines_in_one_read_are_a_paste_though_not_bracketed() {
    var parser = new InputParser();
    assertEquals(
        List.of(new TermEvent.Paste("one\ntwo\tx\nthree")), feed(parser, "one\rtwo\tx\rthree", 0));
    assertEquals(
        List.of(new TermEvent.Paste(" end\nfour\n")), feed(parser, " end\rfour\r", 10 * MILLI));
    assertEquals("Text(hi), Enter", described(feed(parser, "hi\r", 500 * MILLI)));
  }

  @Test
  void a_special_key_ends_a_paste_without_brackets() {
    var parser = new InputParser();
    feed(parser, "one\rtwo\rthree", 0);
    assertEquals("End, Enter", described(feed(parser, "\033[F\r", 10 * MILLI)));
  }

  @Test
  void fast_typing_is_no_paste() {
    assertEquals("Text(hello), Enter", read("hello\r".getBytes(UTF_8)));
    assertEquals("Text(hello), Enter, Enter", read("hello\r\r".getBytes(UTF_8)));
    assertEquals("Text(a), Enter, Text(b)", read("a\rb".getBytes(UTF_8)));
    assertEquals("Text(a), Enter, ArrowUp, Enter, Text(b)", read("a\r\033[A\rb".getBytes(UTF_8)));
  }

  @FuzzTest
  void no_bytes_break_the_parser(FuzzedDataProvider data) {
    var parser = new InputParser();
    long now = 0;
    while (data.remainingBytes() > 0) {
      byte[] read = data.consumeBytes(data.consumeInt(1, 40));
      check(parser.feed(read, read.length, now));
      now += data.consumeInt(0, 300) * MILLI;
      check(parser.expire(now));
    }
    while (parser.due().isPresent()) {
      check(parser.expire(parser.due().getAsLong()));
    }
  }

  private static void check(List<TermEvent> events) {
    for (var event : events) {
      if (event instanceof TermEvent.Text(var text)) {
        assertTrue(text.codePoints().noneMatch(Character::isISOControl));
      }
    }
  }

  private static byte[] stream(Random random) {
    var bytes = new byte[random.nextInt(60)];
    byte[] likely = "\033\033\033[[O;<?M~$u0123456789ABPR\u00e4日😀 a".getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] =
          random.nextInt(10) == 0
              ? (byte) random.nextInt(256)
              : likely[random.nextInt(likely.length)];
    }
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = bytes[at] == '\r' ? (byte) ' ' : bytes[at];
    }
    return bytes;
  }

  private static String read(byte[] bytes) {
    var parser = new InputParser();
    var events = new ArrayList<>(parser.feed(bytes, bytes.length, 0));
    parser.due().ifPresent(due -> events.addAll(parser.expire(due)));
    return described(events);
  }

  private static List<TermEvent> feed(InputParser parser, String text, long now) {
    byte[] bytes = text.getBytes(UTF_8);
    return parser.feed(bytes, bytes.length, now);
  }

  /// Text that comes in two reads is two events and one meaning.
  private static String described(List<TermEvent> events) {
    var parts = new ArrayList<String>();
    var text = new StringBuilder();
    for (var event : events) {
      if (event instanceof TermEvent.Text(var more)) {
        text.append(more);
        continue;
      }
      flush(text, parts);
      parts.add(
          switch (event) {
            case TermEvent.Key(var stroke) -> described(stroke);
            default -> event.toString().replace('\n', '⏎');
          });
    }
    flush(text, parts);
    return String.join(", ", parts);
  }

  private static void flush(StringBuilder text, List<String> parts) {
    if (!text.isEmpty()) {
      parts.add("Text(" + text + ")");
      text.setLength(0);
    }
  }

  private static String described(KeyStroke stroke) {
    String name =
        stroke.getKeyType() == KeyType.Character
            ? stroke.getCharacter().toString()
            : stroke.getKeyType().toString();
    return (stroke.isCtrlDown() ? "C-" : "")
        + (stroke.isAltDown() ? "M-" : "")
        + (stroke.isShiftDown() ? "S-" : "")
        + name;
  }

  /// `^[` stands for Escape, `\xNN` for any byte.
  private static byte[] unescaped(String sample) {
    String text = sample.replace("^[", "\033");
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); ) {
      if (text.startsWith("\\x", at)) {
        bytes.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
        at += 4;
      } else {
        int end = text.offsetByCodePoints(at, 1);
        bytes.writeBytes(text.substring(at, end).getBytes(UTF_8));
        at = end;
      }
    }
    return bytes.toByteArray();
  }
}
