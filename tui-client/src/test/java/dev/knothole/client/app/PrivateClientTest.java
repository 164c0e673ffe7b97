package dev.knothole.client.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.client.history.Trust;
import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.RelayState;
import dev.knothole.client.peer.Way;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a client does with private chats: events in, state and effects out.
final class PrivateClientTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");
  private static final PeerId BOB_ID = new PeerId.Named(BOB);
  private static final Endpoint RELAY = Endpoint.parse("192.0.2.1:3478");
  private static final Fingerprint KEY = Somebody.key("bob");
  private static final Fingerprint OTHER_KEY = Somebody.key("mallory");

  private final Client alice = Somebody.called(ALICE, Hands.ON_KEYS, START);
  private final List<Effect> effects = new ArrayList<>();
  private Instant now = START;

  private void handle(Event event) {
    effects.addAll(alice.handle(event, now));
  }

  private void hear(PeerEvent news) {
    handle(new Event.FromNetwork(news));
  }

  private void enter(String line) {
    handle(new Event.Entered(line));
  }

  private void link(Link link) {
    hear(new PeerEvent.LinkChanged(BOB_ID, link));
  }

  private static Link sealed(Fingerprint key, Way way) {
    return new Link.Private(key, way, Optional.empty());
  }

  /// Bob is a contact, and there is a link to him through the relay.
  private void chatting() {
    remember(List.of(new Contact(BOB, KEY, Trust.KNOWN, START, false)), List.of());
    online();
    enter("/connect bob");
    link(sealed(KEY, new Way.Relayed()));
    effects.clear();
  }

  private void online() {
    hear(new PeerEvent.RelayChanged(new RelayState.SignedIn(RELAY, ALICE)));
  }

  private void remember(List<Contact> contacts, List<Message> messages) {
    handle(
        new Event.FromHistory(
            new HistoryEvent.Opened(
                contacts,
                Map.of(),
                messages,
                messages.stream().filter(PrivateClientTest::isQueued).toList(),
                Map.of())));
  }

  private static boolean isQueued(Message message) {
    return message.origin() instanceof Message.Origin.Ours(var how) && how == Delivery.QUEUED;
  }

  private List<PeerInput> toNetwork() {
    return effects.stream()
        .filter(Effect.ToNetwork.class::isInstance)
        .map(effect -> ((Effect.ToNetwork) effect).input())
        .toList();
  }

  private List<HistoryInput> toDisk() {
    return effects.stream()
        .filter(Effect.ToHistory.class::isInstance)
        .map(effect -> ((Effect.ToHistory) effect).input())
        .toList();
  }

  private List<PeerTalk> told() {
    return toNetwork().stream()
        .filter(PeerInput.Tell.class::isInstance)
        .map(input -> ((PeerInput.Tell) input).talk())
        .toList();
  }

  /// Confirms all that was to be saved so far.
  private void save() {
    var saved = toDisk();
    for (var input : saved) {
      if (input instanceof HistoryInput.Save(var message)) {
        handle(new Event.FromHistory(new HistoryEvent.Saved(message.id(), true)));
      }
    }
  }

  private Chat bob() {
    return alice.state().find(new ChatId.With(BOB_ID)).orElseThrow();
  }

  private List<String> lines(Chat chat) {
    return chat.transcript().lines().stream().map(Line::text).toList();
  }

  private String last() {
    return lines(alice.state().active()).getLast();
  }

  private Line.Delivery delivery() {
    return bob().transcript().lines().stream()
        .filter(Line.Mine.class::isInstance)
        .map(line -> ((Line.Mine) line).delivery())
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void a_text_goes_out_when_it_is_on_the_disk_and_says_how_far_it_has_come() {
    chatting();
    enter("hi");
    assertEquals(Line.Delivery.WAITING, delivery());
    assertEquals(List.of(), told());
    save();
    assertEquals(Line.Delivery.SENT, delivery());
    var text = (PeerTalk.Text) told().getFirst();
    assertEquals("hi", text.content());
    hear(new PeerEvent.Heard(BOB, new PeerTalk.Stored(List.of(text.id()))));
    assertEquals(Line.Delivery.DELIVERED, delivery());
    assertTrue(toDisk().contains(new HistoryInput.Mark(text.id(), Delivery.DELIVERED)));
    hear(new PeerEvent.Heard(BOB, new PeerTalk.Read(text.id())));
    assertEquals(Line.Delivery.READ, delivery());
  }

  @Test
  void what_was_not_stored_goes_out_again_over_the_next_link_in_order() {
    chatting();
    enter("one");
    enter("two");
    save();
    var first = told();
    link(new Link.Closed(Link.Reason.GONE));
    enter("three");
    effects.clear();
    link(sealed(KEY, new Way.Relayed()));
    assertTrue(told().getFirst() instanceof PeerTalk.Hello);
    assertEquals(first, told().subList(1, 3));
  }

  @Test
  void what_was_queued_before_the_start_is_sent_when_the_peer_is_back() {
    var waiting =
        new Message(
            MessageId.random(new SplittableRandom(7)),
            BOB,
            START,
            PeerTalk.Kind.SAID,
            "are you there?",
            new Message.Origin.Ours(Delivery.QUEUED));
    remember(List.of(new Contact(BOB, KEY, Trust.NEW, START, false)), List.of(waiting));
    assertEquals(List.of("are you there?"), lines(bob()));
    online();
    assertTrue(toNetwork().contains(new PeerInput.Connect(BOB_ID)));
    link(sealed(KEY, new Way.Relayed()));
    assertEquals(waiting.id(), ((PeerTalk.Text) told().get(1)).id());
    assertEquals(Optional.of(Standing.KNOWN), bob().standing());
  }

  @Test
  void who_is_away_is_tried_again_ever_more_rarely() {
    chatting();
    link(new Link.Closed(Link.Reason.GONE));
    enter("still there?");
    save();
    effects.clear();
    link(new Link.Closed(Link.Reason.NOT_FOUND));
    int tries = 0;
    for (int minute = 0; minute < 60; minute++) {
      now = now.plus(Duration.ofMinutes(1));
      effects.clear();
      handle(new Event.Tick());
      if (toNetwork().contains(new PeerInput.Connect(BOB_ID))) {
        tries++;
        link(new Link.Closed(Link.Reason.NOT_FOUND));
      }
    }
    assertTrue(tries >= 10 && tries <= 16, tries + " tries");
  }

  @Test
  void what_comes_is_saved_then_shown_and_acknowledged_and_shown_once() {
    chatting();
    var id = MessageId.random(new SplittableRandom(8));
    var text = new PeerTalk.Text(id, 0, PeerTalk.Kind.ACTION, "waves");
    hear(new PeerEvent.Heard(BOB, text));
    assertFalse(lines(bob()).contains("waves"));
    handle(new Event.FromHistory(new HistoryEvent.Saved(id, true)));
    hear(new PeerEvent.Heard(BOB, text));
    handle(new Event.FromHistory(new HistoryEvent.Saved(id, false)));
    assertEquals(1, lines(bob()).stream().filter("waves"::equals).count());
    var stored = new PeerTalk.Stored(List.of(id));
    assertEquals(2, told().stream().filter(stored::equals).count());
  }

  @Test
  void strangers_are_asked_about_and_contacts_let_in() {
    remember(List.of(new Contact(BOB, KEY, Trust.KNOWN, START, false)), List.of());
    online();
    effects.clear();
    hear(new PeerEvent.Calling(BOB, KEY));
    assertEquals(List.of(new PeerInput.Accept(BOB)), toNetwork());
    effects.clear();
    var carol = new Username("carol");
    hear(new PeerEvent.Calling(carol, Somebody.key("carol")));
    assertEquals(List.of(), toNetwork());
    enter("/accept carol");
    assertEquals(List.of(new PeerInput.Accept(carol)), toNetwork());
    enter("/accept carol");
    assertTrue(last().contains("Nobody waits for an answer"), last());
  }

  @Test
  void the_blocked_are_refused_without_a_word() {
    remember(List.of(new Contact(BOB, KEY, Trust.KNOWN, START, true)), List.of());
    online();
    effects.clear();
    hear(new PeerEvent.Calling(BOB, KEY));
    assertEquals(List.of(new PeerInput.Reject(BOB)), toNetwork());
    assertEquals(1, alice.state().chats().size());
    enter("/unblock bob");
    hear(new PeerEvent.Calling(BOB, KEY));
    assertTrue(toNetwork().contains(new PeerInput.Accept(BOB)));
  }

  @Test
  void a_changed_key_stops_everything_until_it_is_trusted() {
    chatting();
    link(new Link.Closed(Link.Reason.GOODBYE));
    effects.clear();
    link(sealed(OTHER_KEY, new Way.Relayed()));
    assertEquals(Optional.of(Standing.CHANGED), bob().standing());
    assertTrue(toNetwork().contains(new PeerInput.HangUp(BOB_ID)));
    enter("a secret");
    assertTrue(last().startsWith("Not sent: the key of bob has changed"), last());
    hear(
        new PeerEvent.Heard(
            BOB,
            new PeerTalk.Text(
                MessageId.random(new SplittableRandom(9)), 0, PeerTalk.Kind.SAID, "trust me")));
    assertEquals(List.of(), told());
    assertFalse(toDisk().stream().anyMatch(HistoryInput.Save.class::isInstance));
    link(new Link.Closed(Link.Reason.HUNG_UP));
    enter("/trust bob");
    assertTrue(toNetwork().getLast() instanceof PeerInput.Connect);
    link(sealed(OTHER_KEY, new Way.Relayed()));
    assertEquals(Optional.of(Standing.KNOWN), bob().standing());
    enter("/trust bob");
    assertTrue(last().contains("has not changed"), last());
  }

  @Test
  void both_see_the_same_six_words_and_a_yes_verifies() {
    chatting();
    enter("/verify");
    String words = lines(bob()).get(lines(bob()).size() - 2).strip();
    assertEquals(6, words.split(" ").length, words);
    assertEquals(words, SafetyWords.of(KEY, Somebody.key("alice")));
    assertFalse(words.equals(SafetyWords.of(OTHER_KEY, Somebody.key("alice"))));
    enter("y");
    assertEquals(Optional.of(Standing.VERIFIED), bob().standing());
    assertEquals(List.of(), told());
    enter("/verify");
    enter("n");
    assertTrue(last().startsWith("Then somebody is between you"), last());
  }

  @Test
  void a_relay_with_another_key_is_said_loudly_and_can_be_trusted() {
    enter("/trust relay");
    assertTrue(last().contains("has not changed"), last());
    hear(new PeerEvent.RelayChanged(new RelayState.KeyChanged(RELAY, OTHER_KEY)));
    assertTrue(last().contains("HAS CHANGED"), last());
    effects.clear();
    enter("/trust relay");
    assertEquals(List.of(new PeerInput.PinRelay(RELAY, OTHER_KEY)), toNetwork());
    assertEquals(List.of(new HistoryInput.KeepRelay(RELAY, OTHER_KEY)), toDisk());
  }

  @Test
  void a_taken_name_is_told_with_what_helps() {
    hear(new PeerEvent.RelayChanged(new RelayState.NameTaken(RELAY, ALICE)));
    assertTrue(last().contains("/nick NAME takes another one"), last());
    enter("/connect bob");
    assertTrue(last().contains("Take another one with /nick NAME first"), last());
    assertEquals(List.of(), toNetwork());
  }

  @Test
  void each_change_of_the_way_is_one_line_and_a_new_round_trip_none() {
    chatting();
    int before = lines(bob()).size();
    var direct = new Way.Direct(Endpoint.parse("198.51.100.7:4000"));
    link(sealed(KEY, direct));
    link(new Link.Private(KEY, direct, Optional.of(Duration.ofMillis(23))));
    assertEquals(before + 1, lines(bob()).size());
    assertTrue(last().startsWith("A direct way was found"), last());
    link(sealed(KEY, new Way.Relayed()));
    assertTrue(last().startsWith("The direct way fell silent"), last());
  }

  @Test
  void only_what_has_not_gone_out_is_taken_back() {
    chatting();
    link(new Link.Closed(Link.Reason.GONE));
    enter("oops");
    save();
    enter("/queue");
    assertEquals("To bob: oops", last());
    effects.clear();
    enter("/unsend");
    var removal = (HistoryInput.Remove) toDisk().getFirst();
    handle(new Event.FromHistory(new HistoryEvent.Removed(removal.id(), true)));
    assertFalse(lines(bob()).contains("oops"));
    enter("/unsend");
    assertTrue(last().contains("has gone out already"), last());
    enter("/queue");
    assertTrue(last().startsWith("Nothing waits"), last());
  }

  @Test
  void searching_and_exporting_are_left_to_the_disk_and_answered_in_the_chat() {
    chatting();
    enter("/search train friday");
    assertEquals(List.of(new HistoryInput.Search("train friday", 20)), toDisk());
    handle(new Event.FromHistory(new HistoryEvent.Found("train friday", List.of())));
    assertTrue(last().contains("Nothing with"), last());
    effects.clear();
    enter("/export /tmp/bob.txt");
    assertEquals(List.of(new HistoryInput.Export(BOB, "/tmp/bob.txt")), toDisk());
    handle(new Event.FromHistory(new HistoryEvent.Exported(BOB, "/tmp/bob.txt", 3)));
    assertEquals("3 messages of bob were written to /tmp/bob.txt.", last());
  }

  @Test
  void without_a_history_chats_work_and_it_is_said() {
    handle(
        new Event.FromHistory(
            new HistoryEvent.Failed(new HistoryInput.Open(10), "The disk is full.")));
    assertTrue(last().startsWith("The history cannot be read. The disk is full."), last());
    online();
    enter("/connect bob");
    link(sealed(KEY, new Way.Relayed()));
    enter("hi");
    for (var input : toDisk()) {
      handle(new Event.FromHistory(new HistoryEvent.Failed(input, "The disk is full.")));
    }
    assertTrue(told().stream().anyMatch(PeerTalk.Text.class::isInstance));
    long said = lines(bob()).stream().filter(line -> line.contains("not being saved")).count();
    assertEquals(1, said);
  }

  @Test
  void typing_is_told_now_and_then_if_both_want_it() {
    chatting();
    hear(new PeerEvent.Heard(BOB, new PeerTalk.Hello(BOB, true, true)));
    for (int i = 0; i < 20; i++) {
      now = now.plus(Duration.ofMillis(500));
      handle(new Event.Typed("x"));
    }
    long sent = told().stream().filter(PeerTalk.Typing.class::isInstance).count();
    assertTrue(sent >= 3 && sent <= 4, sent + " times");
    hear(new PeerEvent.Heard(BOB, new PeerTalk.Typing(true)));
    assertTrue(alice.state().isTyping(bob()));
    now = now.plus(Duration.ofSeconds(7));
    handle(new Event.Tick());
    assertFalse(alice.state().isTyping(bob()));
  }

  @Test
  void being_away_is_told_to_those_connected_and_to_those_who_come() {
    chatting();
    enter("/away lunch");
    assertEquals(List.of(new PeerTalk.Away(true, "lunch")), told());
    link(new Link.Closed(Link.Reason.GOODBYE));
    effects.clear();
    link(sealed(KEY, new Way.Relayed()));
    assertTrue(told().contains(new PeerTalk.Away(true, "lunch")));
    effects.clear();
    enter("/away");
    assertEquals(List.of(new PeerTalk.Away(false, "")), told());
    hear(new PeerEvent.Heard(BOB, new PeerTalk.Away(true, "a walk")));
    assertEquals("bob is away: a walk.", last());
  }
}
