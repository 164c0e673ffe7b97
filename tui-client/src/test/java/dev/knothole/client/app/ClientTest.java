package dev.knothole.client.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.RelayState;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClientTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Username ALICE = new Username("alice");
  private static final PeerId BOB = new PeerId.Named(new Username("bob"));
  private static final PeerId CAROL = new PeerId.Named(new Username("carol"));
  private static final Endpoint PATH = Endpoint.parse("198.51.100.7:4000");
  private static final Link OPEN = new Link.Open(PATH, Optional.of(Duration.ofMillis(23)));

  private Client alice = Somebody.called(ALICE, Hands.ON_KEYS, START);
  private final List<Effect> effects = new ArrayList<>();
  private Instant now = START;

  @Test
  void connect_opens_a_chat_and_asks_the_network() {
    enter("/connect bob");
    assertEquals(List.of(new PeerInput.Connect(BOB)), toNetwork());
    assertEquals("bob", alice.state().active().title());
  }

  @Test
  void what_is_said_while_connecting_is_kept_and_sent_in_order_when_the_path_opens() {
    enter("/connect bob");
    enter("one");
    enter("two");
    assertEquals(List.of(), toNetwork());
    assertEquals(Line.Delivery.WAITING, lastMine().delivery());

    link(BOB, OPEN);
    var said = List.of(new PeerInput.Say(BOB, "one"), new PeerInput.Say(BOB, "two"));
    assertEquals(said, toNetwork());
    assertEquals(Line.Delivery.SENT, lastMine().delivery());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "BUSY", "NO_RELAY", "NEVER_ANSWERED"})
  void what_could_not_be_sent_is_marked_and_told_with_what_helps(Link.Reason reason) {
    enter("/connect bob");
    enter("one");
    link(BOB, new Link.Closed(reason));
    assertEquals(Line.Delivery.NOT_SENT, lastMine().delivery());
    var told = List.of(Sentences.closed("bob", BOB, reason), "One line was not sent.");
    assertEquals(told, problems());
  }

  @Test
  void a_text_without_a_connection_stays_in_the_input_line() {
    link(BOB, OPEN);
    link(BOB, new Link.Closed(Link.Reason.GONE));
    type("are you there?");
    act(Action.SEND);
    assertEquals("are you there?", draft());
    assertTrue(problems().getLast().startsWith("Not sent"), problems().getLast());
    assertEquals(List.of(), toNetwork());
  }

  @Test
  void an_unknown_command_is_not_sent_and_stays_to_be_corrected() {
    link(BOB, OPEN);
    type("/quti");
    act(Action.SEND);
    assertEquals("/quti", draft());
    assertEquals(List.of(), toNetwork());
  }

  @Test
  void a_pasted_newline_never_sends() {
    link(BOB, OPEN);
    handle(new Event.Pasted("l1\nl2\tx\n"));
    assertEquals(List.of(), toNetwork());
    act(Action.SEND);
    assertEquals(List.of(new PeerInput.Say(BOB, "l1\nl2\tx\n")), toNetwork());
  }

  @Test
  void somebody_who_connects_comes_into_view_on_the_empty_start_page_only() {
    link(BOB, new Link.Punching());
    assertEquals("bob", alice.state().active().title());
    link(CAROL, new Link.Punching());
    assertEquals("bob", alice.state().active().title());
  }

  @Test
  void a_half_typed_line_is_never_carried_to_another_chat() {
    type("dear di");
    link(BOB, OPEN);
    handle(new Event.FromNetwork(new PeerEvent.Said(BOB, "hello")));
    assertEquals("knothole", alice.state().active().title());
    assertEquals("dear di", draft());
    assertEquals(1, alice.state().chats().get(1).unread());
  }

  @Test
  void each_chat_keeps_its_own_draft() {
    link(BOB, OPEN);
    link(CAROL, OPEN);
    type("to bob");
    act(Action.NEXT_CHAT);
    type("to carol");
    act(Action.PREVIOUS_CHAT);
    assertEquals("to bob", draft());
  }

  @Test
  void msg_says_something_without_leaving_the_chat() {
    link(BOB, OPEN);
    enter("/msg carol psst");
    assertEquals(List.of(new PeerInput.Connect(CAROL)), toNetwork());
    assertEquals("bob", alice.state().active().title());
    link(CAROL, OPEN);
    assertEquals(List.of(new PeerInput.Say(CAROL, "psst")), toNetwork());
  }

  @Test
  void what_msg_could_not_deliver_is_told_where_it_was_typed() {
    link(BOB, OPEN);
    enter("/msg ghost psst");
    var ghost = new PeerId.Named(new Username("ghost"));
    link(ghost, new Link.Closed(Link.Reason.NOT_FOUND));
    assertEquals("One line was not sent to ghost.", problems().getLast());
    assertEquals("bob", alice.state().active().title());
  }

  @Test
  void disconnecting_once_more_closes_the_chat() {
    link(BOB, OPEN);
    enter("/disconnect");
    assertEquals(List.of(new PeerInput.HangUp(BOB)), toNetwork());
    link(BOB, new Link.Closed(Link.Reason.HUNG_UP));
    enter("/disconnect");
    assertEquals(1, alice.state().chats().size());
    assertEquals("knothole", alice.state().active().title());
  }

  @Test
  void a_measurement_is_told_where_it_was_asked_for() {
    link(BOB, OPEN);
    link(CAROL, OPEN);
    enter("/ping carol");
    assertEquals(List.of(new PeerInput.Ping(CAROL)), toNetwork());
    handle(new Event.FromNetwork(new PeerEvent.Measured(CAROL, Duration.ofMillis(7))));
    assertEquals("bob", alice.state().active().title());
    var told = alice.state().active().transcript().lines().getLast();
    assertEquals("carol answered in 7 ms.", told.text());
  }

  @Test
  void connecting_to_oneself_or_twice_asks_nobody() {
    enter("/connect alice");
    assertEquals(List.of("That is you. /connect NAME reaches somebody else."), problems());
    link(BOB, OPEN);
    enter("/connect bob");
    assertEquals(List.of(), toNetwork());
  }

  @Test
  void quit_waits_for_what_is_not_sent_yet() {
    enter("/connect bob");
    enter("hi");
    enter("/quit");
    assertEquals(List.of(), quits());
    link(BOB, OPEN);
    assertEquals(List.of(0), quits());
  }

  @Test
  void a_second_quit_does_not_wait() {
    enter("/connect bob");
    enter("hi");
    enter("/quit");
    enter("/quit");
    assertEquals(List.of(0), quits());
  }

  @Test
  void the_end_of_a_script_whose_words_were_not_delivered_is_an_error() {
    script();
    enter("/connect bob");
    enter("hi");
    handle(new Event.InputEnded());
    link(BOB, new Link.Closed(Link.Reason.NOT_FOUND));
    assertEquals(List.of(1), quits());
  }

  @Test
  void a_script_that_says_something_to_nobody_is_an_error() {
    script();
    enter("hi");
    handle(new Event.InputEnded());
    assertEquals(List.of(1), quits());
  }

  @Test
  void what_a_script_says_while_a_host_is_looked_up_is_meant_for_it() {
    script();
    enter("/connect example.org:4000");
    enter("hi");
    handle(new Event.InputEnded());
    assertEquals(List.of(), quits());
    handle(new Event.LookedUp("example.org", List.of(PATH)));
    link(new PeerId.At(PATH), OPEN);
    assertEquals(List.of(new PeerInput.Say(new PeerId.At(PATH), "hi")), toNetwork());
    assertEquals(List.of(0), quits());
  }

  @Test
  void where_lines_are_typed_elsewhere_no_chat_comes_into_view_by_itself() {
    script();
    link(BOB, OPEN);
    assertEquals("knothole", alice.state().active().title());
    enter("/connect bob");
    enter("hi");
    assertEquals(List.of(new PeerInput.Say(BOB, "hi")), toNetwork());
  }

  @Test
  void a_fault_of_the_network_side_ends_what_waits_for_it() {
    script();
    enter("/connect bob");
    enter("hi");
    handle(new Event.InputEnded());
    handle(new Event.NetworkFailed());
    assertEquals(List.of(1), quits());
  }

  @Test
  void a_text_too_long_for_a_burst_of_datagrams_is_refused_whole() {
    link(BOB, OPEN);
    handle(new Event.Pasted("x".repeat(Desk.MAX_TEXT + 1)));
    act(Action.SEND);
    assertEquals(List.of(), toNetwork());
    assertEquals(Desk.MAX_TEXT + 1, draft().length());
  }

  @Test
  void long_lines_of_strangers_do_not_fill_the_memory() {
    link(BOB, OPEN);
    for (int i = 0; i < 1_000; i++) {
      handle(new Event.FromNetwork(new PeerEvent.Said(BOB, "x".repeat(1_000))));
    }
    int kept =
        alice.state().active().transcript().lines().stream().mapToInt(l -> l.text().length()).sum();
    assertTrue(kept <= Transcript.MAX_CHARS, "kept " + kept);
  }

  @Test
  void the_end_of_scrolling_is_the_end_of_unread_however_it_came() {
    link(BOB, OPEN);
    handle(new Event.ScrolledTo(new Anchor(0, 0)));
    handle(new Event.FromNetwork(new PeerEvent.Said(BOB, "hello")));
    assertEquals(1, alice.state().active().unread());
    act(Action.CANCEL);
    assertEquals(0, alice.state().active().unread());
  }

  @Test
  void what_others_are_called_cannot_move_the_terminal() {
    enter("/connect a\u001b[2J");
    enter("/connect b\u202Eob");
    for (var chat : alice.state().chats()) {
      for (var line : chat.transcript().lines()) {
        assertFalse(line.text().contains("\u001b") || line.text().contains("\u202E"), line.text());
      }
    }
  }

  @Test
  void control_c_empties_the_line_then_asks_then_quits() {
    type("oops");
    act(Action.INTERRUPT);
    assertEquals("", draft());
    act(Action.INTERRUPT);
    now = now.plusSeconds(10);
    act(Action.INTERRUPT);
    assertEquals(List.of(), quits());
    act(Action.INTERRUPT);
    assertEquals(List.of(0), quits());
  }

  @Test
  void a_signal_ends_the_program_with_its_number() {
    handle(new Event.Signalled(15));
    assertEquals(List.of(143), quits());
  }

  @Test
  void the_clock_is_needed_only_while_somebody_is_silent() {
    link(BOB, OPEN);
    assertEquals(List.of(), wakes());
    link(BOB, new Link.Silent(PATH, START));
    assertEquals(List.of(now.plusSeconds(1)), wakes());
  }

  @Test
  void strangers_cannot_open_chats_without_end() {
    for (int i = 0; i < 1_000; i++) {
      var peer = new PeerId.Named(new Username("stranger" + i));
      link(peer, i % 2 == 0 ? OPEN : new Link.Closed(Link.Reason.NEVER_ANSWERED));
    }
    assertTrue(alice.state().chats().size() <= Desk.MAX_CHATS + 1);
  }

  @Test
  void a_chat_forgets_its_oldest_lines() {
    link(BOB, OPEN);
    for (int i = 0; i < 5_000; i++) {
      handle(new Event.FromNetwork(new PeerEvent.Said(BOB, "line " + i)));
    }
    var lines = alice.state().active().transcript().lines();
    assertTrue(lines.size() >= Transcript.MAX_LINES && lines.size() <= Transcript.MAX_LINES + 200);
    assertEquals("line 4999", lines.getLast().text());
  }

  @Test
  void tab_completes_commands_and_names_and_goes_round() {
    link(BOB, OPEN);
    link(CAROL, OPEN);
    type("/conn");
    act(Action.COMPLETE);
    assertEquals("/connect ", draft());
    act(Action.COMPLETE);
    assertEquals("/connect bob", draft());
    act(Action.COMPLETE);
    assertEquals("/connect carol", draft());
    act(Action.COMPLETE_BACK);
    assertEquals("/connect bob", draft());
  }

  @Test
  void up_and_down_walk_through_what_was_sent_and_keep_the_draft() {
    link(BOB, OPEN);
    type("first");
    act(Action.SEND);
    type("second");
    act(Action.SEND);
    type("dra");
    act(Action.UP);
    act(Action.UP);
    assertEquals("first", draft());
    act(Action.DOWN);
    act(Action.DOWN);
    assertEquals("dra", draft());
  }

  @Test
  void what_is_killed_can_be_yanked() {
    type("hello world");
    act(Action.DELETE_WORD_LEFT);
    assertEquals("hello ", draft());
    type("a-b");
    act(Action.DELETE_TO_BLANK);
    assertEquals("hello ", draft());
    type("world");
    act(Action.DELETE_WORD_LEFT);
    act(Action.LINE_START);
    act(Action.YANK);
    assertEquals("worldhello ", draft());
    act(Action.KILL_TO_END);
    assertEquals("world", draft());
    act(Action.KILL_TO_START);
    assertEquals("", draft());
  }

  @Test
  void going_online_is_told_once() {
    var online = new RelayState.Online(Endpoint.parse("192.0.2.1:3478"), ALICE);
    for (int i = 0; i < 3; i++) {
      handle(new Event.FromNetwork(new PeerEvent.RelayChanged(online)));
    }
    assertEquals(1, alice.state().active().transcript().lines().size());
  }

  @Test
  void a_host_name_is_looked_up_before_it_is_connected_to() {
    enter("/connect example.org:4000");
    assertTrue(effects.contains(new Effect.LookUp("example.org", 4000)));
    handle(new Event.LookedUp("example.org", List.of(PATH)));
    assertEquals(List.of(new PeerInput.Connect(new PeerId.At(PATH))), toNetwork());
    handle(new Event.LookedUp("nowhere.example", List.of()));
    assertFalse(problems().isEmpty());
  }

  private void script() {
    alice = Somebody.called(ALICE, Hands.ON_LINES, START);
  }

  private void handle(Event event) {
    effects.clear();
    effects.addAll(alice.handle(event, now));
  }

  private void enter(String line) {
    handle(new Event.Entered(line));
  }

  private void type(String text) {
    handle(new Event.Typed(text));
  }

  private void act(Action action) {
    handle(new Event.Acted(action));
  }

  private void link(PeerId peer, Link link) {
    handle(new Event.FromNetwork(new PeerEvent.LinkChanged(peer, link)));
  }

  private String draft() {
    return alice.state().active().editor().draft().text();
  }

  private List<PeerInput> toNetwork() {
    return pick(
        e -> e instanceof Effect.ToNetwork(var input) ? Optional.of(input) : Optional.empty());
  }

  private List<Integer> quits() {
    return pick(e -> e instanceof Effect.Quit(var status) ? Optional.of(status) : Optional.empty());
  }

  private List<Instant> wakes() {
    return pick(e -> e instanceof Effect.WakeAt(var time) ? Optional.of(time) : Optional.empty());
  }

  private List<String> problems() {
    return pick(
        e ->
            e instanceof Effect.Appended(_, Line.Problem(_, _, var text))
                ? Optional.of(text)
                : Optional.empty());
  }

  private <T> List<T> pick(Function<Effect, Optional<T>> picked) {
    return effects.stream().map(picked).flatMap(Optional::stream).toList();
  }

  private Line.Mine lastMine() {
    return alice.state().active().transcript().lines().stream()
        .filter(Line.Mine.class::isInstance)
        .map(Line.Mine.class::cast)
        .toList()
        .getLast();
  }
}
