package dev.knothole.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import dev.knothole.client.app.Event;
import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.NatState;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.RelayState;
import dev.knothole.client.text.CellWidth;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WindowTest {
  private static final PeerId BOB = new PeerId.Named(new Username("bob"));
  private static final PeerId CAROL = new PeerId.Named(new Username("carol"));
  private static final Endpoint RELAY = Endpoint.parse("192.0.2.1:3478");
  private static final Endpoint PATH = Endpoint.parse("198.51.100.7:4000");

  /// Texts that terminals and programs draw too wide or too narrow.
  private static final List<String> AWKWARD =
      List.of("✅", "⭐", "e\u0301", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "a\u200Bb", "漢字", "❤️", "क्षि");

  private final Person alice = new Person("alice", 80, 12);

  @Test
  void a_chat_looks_like_this() {
    online();
    connected(BOB, 23);
    alice.type("hi bob\n");
    said(BOB, "hello alice, how are you?");
    alice.type("fine");

    assertEquals(
        """
         bob  not encrypted: anybody on the way can read along
        1 knothole   │
        2 +bob       │
                     │
                     │
                     │12:00 -- bob wants to talk to you.
                     │12:00 -- Connected directly to 198.51.100.7:4000. This chat is not
                     │         encrypted.
                     │12:00 alice: hi bob  (not encrypted)
                     │12:00 bob: hello alice, how are you?  (not encrypted)
         online as alice │ bob direct 23 ms │ seen as 203.0.113.1:4000, port kept
        > fine""",
        alice.screen());
    assertEquals(new TerminalPosition(6, 11), alice.cursor());
  }

  @Test
  void a_small_screen_keeps_what_matters_most() {
    online();
    connected(BOB, 23);
    said(BOB, "do you read me on your telephone?");
    alice.resize(20, 4);

    assertEquals(
        List.of("     telephone?", "     (not encrypted)", " bob direct 23 ms", ">"),
        alice.screen().lines().map(String::stripTrailing).toList());
  }

  @Test
  void what_does_not_fit_into_the_status_bar_is_left_out_least_important_first() {
    online();
    alice.handle(new Event.Hosting());
    connected(BOB, 23);
    alice.resize(110, 12);
    assertTrue(status().endsWith("23 ms │ seen as 203.0.113.1:4000, port kept"), status());
    alice.resize(60, 12);
    assertEquals(" online as alice │ relay: hosted here │ bob direct 23 ms", status());
    alice.resize(45, 12);
    assertEquals(" online as alice │ bob direct 23 ms", status());
    alice.resize(25, 12);
    assertEquals(" bob direct 23 ms", status());
  }

  @Test
  void the_relays_state_is_told_truthfully() {
    assertEquals(" alice: looking for a relay", status());
    relay(new RelayState.Registering(RELAY));
    assertEquals(" alice: registering", status());
    relay(new RelayState.Online(RELAY, new Username("alice")));
    assertEquals(" online as alice", status());
    relay(new RelayState.Silent(RELAY, Person.START));
    alice.at(Person.START.plusSeconds(12));
    alice.handle(new Event.Tick());
    assertEquals(" alice: relay silent 12 s, retrying", status());
  }

  @Test
  void nothing_on_any_row_moves_the_border_or_the_text_behind_it() {
    online();
    connected(BOB, 23);
    alice.resize(80, 24);
    AWKWARD.forEach(text -> said(BOB, text + "|"));
    for (var row : alice.screen().lines().skip(1).limit(AWKWARD.size() + 5L).toList()) {
      String before = row.substring(0, row.indexOf('│'));
      assertEquals(13, CellWidth.COMMON.of(before), row);
    }
  }

  @Test
  void what_a_stranger_sends_cannot_be_obeyed_by_the_terminal() {
    connected(BOB, 23);
    said(BOB, "\u001b]0;pwn\u0007\u001b[2J\r\u202Eevil\u0000");
    assertTrue(
        alice.screen().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)),
        alice.screen());
    assertFalse(alice.screen().contains("\u202E"));
    assertTrue(alice.screen().contains("bob: ␛]0;pwn␇␛[2J"), alice.screen());
  }

  @Test
  void scrolling_holds_the_view_while_lines_arrive_and_end_returns() {
    connected(BOB, 23);
    IntStream.range(0, 50).forEach(i -> said(BOB, "line " + i));
    alice.press(KeyType.PageUp);
    String held = messages();
    assertTrue(held.contains("line 40") && !held.contains("line 49"), held);

    IntStream.range(50, 70).forEach(i -> said(BOB, "line " + i));
    assertEquals(held, messages());
    assertTrue(status().contains("20 new below"), status());

    alice.press(KeyType.End);
    assertTrue(messages().contains("line 69"));
    assertFalse(status().contains("below"), status());
  }

  @Test
  void paging_up_and_down_passes_every_line_and_stops_at_the_top() {
    connected(BOB, 23);
    IntStream.range(0, 100).forEach(i -> said(BOB, "n" + i + " " + "word ".repeat(i % 40)));
    for (int page = 0; page < 100; page++) {
      alice.press(KeyType.PageUp);
    }
    assertTrue(messages().contains("bob wants to talk to you"), messages());
    assertFalse(messages().startsWith("\n"), messages());
    var seen = new StringBuilder(messages());
    for (int page = 0; page < 100; page++) {
      alice.press(KeyType.PageDown);
      seen.append(messages());
    }
    IntStream.range(0, 100)
        .forEach(i -> assertTrue(seen.toString().contains("bob: n" + i), "n" + i));
    assertTrue(alice.state().active().anchor().atBottom());
  }

  @Test
  void a_draft_of_several_lines_grows_upwards_and_the_cursor_stays_in_it() {
    alice.paste("one\ntwo\tx");
    assertTrue(alice.screen().endsWith("> one\n  two x"), alice.screen());
    assertEquals(new TerminalPosition(7, 11), alice.cursor());
    alice.press(KeyType.ArrowUp);
    assertEquals(10, alice.cursor().getRow());
    alice.paste("z\n".repeat(30));
    assertEquals(12, (alice.screen() + "x").lines().count());
  }

  @Test
  void the_cursor_stands_where_the_text_is_also_behind_wide_characters() {
    alice.type("漢字👍🏽e\u0301x");
    assertEquals(2 + CellWidth.COMMON.of("漢字👍🏽e\u0301x"), alice.cursor().getColumn());
    alice.press(KeyType.ArrowLeft);
    alice.press(KeyType.Backspace);
    assertTrue(alice.screen().endsWith("> 漢字👍🏽x"), alice.screen());
  }

  @Test
  void a_pasted_book_does_not_fill_the_screen_nor_take_for_ever() {
    alice.paste("A line of a book, not so short.\n".repeat(30_000));
    alice.type("x");
    assertTrue(alice.screen().endsWith("\n  x"), alice.screen());
  }

  @Test
  void a_chat_in_the_background_counts_what_is_new_and_alt_a_opens_it() {
    connected(BOB, 23);
    connected(CAROL, 5);
    said(CAROL, "psst");
    said(CAROL, "hello?");
    assertTrue(alice.screen().contains("3 +carol    2│"), alice.screen());
    assertTrue(status().contains("new: 3"), status());
    alice.alt('a');
    assertTrue(messages().contains("carol: psst"));
    assertFalse(status().contains("new:"), status());
    alice.alt('2');
    assertTrue(alice.screen().startsWith(" bob"));
    alice.press(new KeyStroke('n', true, false));
    assertTrue(alice.screen().startsWith(" carol"));
  }

  @Test
  void the_help_fits_a_screen_of_80_columns_a_row_each() {
    alice.resize(80, 24);
    alice.type("/help\n");
    assertTrue(messages().lines().noneMatch(row -> row.startsWith("      ")), messages());
    assertTrue(messages().contains("-- /help [COMMAND|keys]"), messages());
  }

  @Test
  void the_peer_list_can_be_hidden() {
    alice.press(KeyType.F7);
    assertFalse(alice.screen().contains("│"), alice.screen());
    alice.press(KeyType.F7);
    assertTrue(alice.screen().contains("│"));
  }

  @Test
  void any_state_can_be_painted_at_any_size() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var person = new Person("al", 1 + random.nextInt(120), 1 + random.nextInt(40));
      for (int step = 0; step < 40; step++) {
        act(person, random);
      }
      for (int rows = 1; rows < 8; rows++) {
        person.resize(1 + random.nextInt(300), rows);
        assertEquals(rows, (person.screen() + "x").lines().count(), "seed " + seed);
        assertTrue(person.cursor().getRow() < rows, "seed " + seed);
      }
    }
  }

  private static void act(Person person, Random random) {
    var peer = random.nextBoolean() ? BOB : CAROL;
    switch (random.nextInt(8)) {
      case 0 -> person.hear(new PeerEvent.LinkChanged(peer, new Link.Open(PATH, Optional.empty())));
      case 1 -> person.hear(new PeerEvent.Said(peer, AWKWARD.get(random.nextInt(10)).repeat(30)));
      case 2 -> person.type(AWKWARD.get(random.nextInt(10)) + " text ");
      case 3 -> person.press(random.nextBoolean() ? KeyType.PageUp : KeyType.PageDown);
      case 4 -> person.type("\n/help\n");
      case 5 -> person.paste("a\nb".repeat(random.nextInt(20)));
      case 6 -> person.alt((char) ('1' + random.nextInt(4)));
      default -> person.press(KeyType.ArrowLeft);
    }
  }

  private void online() {
    relay(new RelayState.Online(RELAY, new Username("alice")));
    var address = Endpoint.parse("203.0.113.1:4000");
    alice.hear(new PeerEvent.NatChanged(new NatState.Seen(address, true)));
  }

  private void relay(RelayState state) {
    alice.hear(new PeerEvent.RelayChanged(state));
  }

  private void connected(PeerId peer, int millis) {
    alice.hear(new PeerEvent.LinkChanged(peer, new Link.Punching()));
    var rtt = Optional.of(Duration.ofMillis(millis));
    alice.hear(new PeerEvent.LinkChanged(peer, new Link.Open(PATH, rtt)));
  }

  private void said(PeerId peer, String text) {
    alice.hear(new PeerEvent.Said(peer, text));
  }

  private String status() {
    var rows = alice.screen().lines().toList();
    return rows.get(rows.size() - 2);
  }

  private String messages() {
    var rows = alice.screen().lines().toList();
    var messages = rows.subList(1, rows.size() - 2).stream();
    return String.join("\n", messages.map(row -> row.substring(row.indexOf('│') + 1)).toList());
  }
}
