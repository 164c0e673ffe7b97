package dev.knothole.client.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.client.history.Trust;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  private static final Username BOB = new Username("bob");
  private static final Username CAROL = new Username("carol");
  private static final Fingerprint KEY = new Fingerprint("ab".repeat(32));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data").resolve("history.db");
  }

  private static Message theirs(long number, Username chat, String text) {
    return message(number, chat, text, new Message.Origin.Theirs());
  }

  private static Message ours(long number, Username chat, String text) {
    return message(number, chat, text, new Message.Origin.Ours(Delivery.QUEUED));
  }

  private static Message message(long number, Username chat, String text, Message.Origin origin) {
    return new Message(id(number), chat, Instant.ofEpochMilli(number), Kind.SAID, text, origin);
  }

  private static MessageId id(long number) {
    return MessageId.random(new SplittableRandom(number));
  }

  private static HistoryEvent one(HistoryFile history, HistoryInput input) {
    return history.perform(List.of(input)).getFirst();
  }

  private static HistoryEvent.Opened opened(HistoryFile history) {
    return assertInstanceOf(HistoryEvent.Opened.class, one(history, new HistoryInput.Open(1_000)));
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::text).toList();
  }

  @Test
  void what_was_saved_is_there_after_a_restart_in_the_order_of_writing() throws IOException {
    try (var history = HistoryFile.open(file())) {
      assertEquals(
          new HistoryEvent.Saved(id(2), true),
          one(history, new HistoryInput.Save(ours(2, BOB, "hi"))));
      history.perform(List.of(new HistoryInput.Save(theirs(1, BOB, "hello"))));
      history.perform(
          List.of(
              new HistoryInput.Keep(new Contact(BOB, KEY, Trust.KNOWN, Instant.EPOCH, false)),
              new HistoryInput.KeepRelay(Endpoint.parse("192.0.2.1:3478"), KEY)));
    }
    try (var history = HistoryFile.open(file())) {
      var opened = opened(history);
      assertEquals(List.of("hi", "hello"), texts(opened.backlog()));
      assertEquals(List.of("hi"), texts(opened.queued()));
      assertEquals(Map.of(BOB, 1), opened.unread());
      assertEquals(
          List.of(new Contact(BOB, KEY, Trust.KNOWN, Instant.EPOCH, false)), opened.contacts());
      assertEquals(Map.of(Endpoint.parse("192.0.2.1:3478"), KEY), opened.relays());
    }
  }

  @Test
  void a_message_is_saved_once_however_often_it_comes() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(List.of(new HistoryInput.Save(theirs(1, BOB, "hello"))));
      assertEquals(
          new HistoryEvent.Saved(id(1), false),
          one(history, new HistoryInput.Save(theirs(1, BOB, "forged"))));
      assertEquals(List.of("hello"), texts(opened(history).backlog()));
    }
  }

  @Test
  void a_delivery_never_goes_back_but_from_failed_to_queued() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(List.of(new HistoryInput.Save(ours(1, BOB, "hi"))));
      mark(history, Delivery.SENT, Delivery.SENT);
      mark(history, Delivery.QUEUED, Delivery.SENT);
      mark(history, Delivery.FAILED, Delivery.FAILED);
      mark(history, Delivery.DELIVERED, Delivery.FAILED);
      mark(history, Delivery.QUEUED, Delivery.QUEUED);
      mark(history, Delivery.DELIVERED, Delivery.DELIVERED);
      mark(history, Delivery.FAILED, Delivery.DELIVERED);
      mark(history, Delivery.READ, Delivery.READ);
      mark(history, Delivery.DELIVERED, Delivery.READ);
    }
  }

  private static void mark(HistoryFile history, Delivery to, Delivery expected) {
    history.perform(List.of(new HistoryInput.Mark(id(1), to)));
    assertEquals(new Message.Origin.Ours(expected), opened(history).backlog().getFirst().origin());
  }

  @Test
  void only_what_is_queued_can_be_taken_back() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(
          List.of(
              new HistoryInput.Save(ours(1, BOB, "one")),
              new HistoryInput.Save(ours(2, BOB, "two")),
              new HistoryInput.Mark(id(2), Delivery.SENT)));
      assertEquals(
          new HistoryEvent.Removed(id(1), true), one(history, new HistoryInput.Remove(id(1))));
      assertEquals(
          new HistoryEvent.Removed(id(2), false), one(history, new HistoryInput.Remove(id(2))));
      assertEquals(
          new HistoryEvent.Removed(id(3), false), one(history, new HistoryInput.Remove(id(3))));
      assertEquals(List.of("two"), texts(opened(history).backlog()));
      assertEquals(List.of(), hits(history, "one"));
    }
  }

  @Test
  void what_was_seen_is_read_up_to_there_and_in_this_chat_only() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(
          List.of(
              new HistoryInput.Save(theirs(1, BOB, "one")),
              new HistoryInput.Save(theirs(2, CAROL, "two")),
              new HistoryInput.Save(theirs(3, BOB, "three")),
              new HistoryInput.Save(theirs(4, BOB, "four")),
              new HistoryInput.MarkRead(BOB, id(3))));
      assertEquals(Map.of(BOB, 1, CAROL, 1), opened(history).unread());
    }
  }

  private static List<String> hits(HistoryFile history, String words) {
    var found =
        assertInstanceOf(
            HistoryEvent.Found.class, one(history, new HistoryInput.Search(words, 100)));
    return found.hits().stream().map(hit -> hit.message().text()).toList();
  }

  @Test
  void words_are_found_in_all_chats_with_what_was_said_around_them() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(
          List.of(
              new HistoryInput.Save(theirs(1, BOB, "before")),
              new HistoryInput.Save(theirs(2, BOB, "The Müller report, please")),
              new HistoryInput.Save(theirs(3, CAROL, "report of the muller")),
              new HistoryInput.Save(theirs(4, BOB, "after"))));
      assertEquals(
          List.of("report of the muller", "The Müller report, please"),
          hits(history, "REPORT mull"));
      var found =
          assertInstanceOf(
              HistoryEvent.Found.class, one(history, new HistoryInput.Search("müller please", 9)));
      var hit = found.hits().getFirst();
      assertEquals(List.of("before"), texts(hit.before()));
      assertEquals(List.of("after"), texts(hit.after()));
    }
  }

  @Test
  void no_sign_in_a_search_means_anything() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(List.of(new HistoryInput.Save(theirs(1, BOB, "a \"quoted\" word (x) NOT"))));
      for (var words :
          List.of("\"", "\"quoted", "NOT", "(x)", "*", "a AND b", "NEAR(", "--", ";")) {
        hits(history, words);
      }
      assertEquals(1, hits(history, "\"quoted\"").size());
      assertEquals(List.of(), hits(history, "  "));
    }
  }

  @Test
  void earlier_messages_are_recalled_oldest_first() throws IOException {
    try (var history = HistoryFile.open(file())) {
      for (int i = 0; i < 10; i++) {
        history.perform(List.of(new HistoryInput.Save(theirs(i, BOB, "line " + i))));
      }
      var earlier =
          assertInstanceOf(
              HistoryEvent.Earlier.class, one(history, new HistoryInput.Recall(BOB, id(5), 3)));
      assertEquals(List.of("line 2", "line 3", "line 4"), texts(earlier.messages()));
    }
  }

  @Test
  void a_chat_is_exported_whole_and_over_nothing_that_is_there() throws IOException {
    var target = folder.resolve("bob.txt");
    try (var history = HistoryFile.open(file())) {
      history.perform(
          List.of(
              new HistoryInput.Save(theirs(1, BOB, "two\nlines")),
              new HistoryInput.Save(ours(2, BOB, "hi"))));
      assertEquals(
          new HistoryEvent.Exported(BOB, target.toString(), 2),
          one(history, new HistoryInput.Export(BOB, target.toString())));
      var text = Files.readString(target);
      assertTrue(text.contains("bob: two\n    lines\n") && text.contains("me: hi\n"), text);
      var again =
          assertInstanceOf(
              HistoryEvent.Failed.class,
              one(history, new HistoryInput.Export(BOB, target.toString())));
      assertEquals(target + " is there already. Choose another name.", again.sentence());
      assertEquals(text, Files.readString(target));
    }
  }

  @Test
  void the_files_are_for_the_user_alone() throws IOException {
    try (var history = HistoryFile.open(file())) {
      history.perform(List.of(new HistoryInput.Save(theirs(1, BOB, "secret"))));
      try (var files = Files.list(file().getParent())) {
        for (var each : files.toList()) {
          assertEquals(
              "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
        }
      }
    }
  }

  @Test
  void at_every_moment_what_was_answered_is_in_a_copy_of_the_files() throws IOException {
    try (var history = HistoryFile.open(file())) {
      for (int i = 0; i < 20; i++) {
        history.perform(List.of(new HistoryInput.Save(theirs(i, BOB, "line " + i))));
        var copy = Files.createDirectories(folder.resolve("copy" + i));
        try (var files = Files.list(file().getParent())) {
          for (var each : files.filter(path -> !path.toString().endsWith("-shm")).toList()) {
            Files.copy(each, copy.resolve(each.getFileName()));
          }
        }
        try (var survivor = HistoryFile.open(copy.resolve("history.db"))) {
          assertEquals(i + 1, opened(survivor).backlog().size());
        }
      }
    }
  }

  @Test
  void a_full_disk_is_said_and_what_was_saved_stays() throws IOException, SQLException {
    try (var history = HistoryFile.open(file())) {
      history.perform(List.of(new HistoryInput.Save(theirs(1, BOB, "kept"))));
      limitPages(history, 1);
      var failed =
          assertInstanceOf(
              HistoryEvent.Failed.class,
              one(history, new HistoryInput.Save(theirs(2, BOB, "x".repeat(100_000)))));
      assertTrue(failed.sentence().startsWith("The disk is full."), failed.sentence());
      assertEquals(List.of("kept"), texts(opened(history).backlog()));
      limitPages(history, 1_000_000);
      assertEquals(
          new HistoryEvent.Saved(id(2), true),
          one(history, new HistoryInput.Save(theirs(2, BOB, "x".repeat(100_000)))));
    }
  }

  /// SQLite treats a file of the most pages allowed as a disk without room.
  private static void limitPages(HistoryFile history, int pages) throws SQLException {
    history.limitPages(pages);
  }

  @Test
  void one_bad_input_does_not_take_the_others_with_it() throws IOException {
    try (var history = HistoryFile.open(file())) {
      var nowhere = folder.resolve("missing").resolve("bob.txt").toString();
      var events =
          history.perform(
              List.of(
                  new HistoryInput.Save(theirs(1, BOB, "one")),
                  new HistoryInput.Export(BOB, nowhere),
                  new HistoryInput.Save(theirs(2, BOB, "two"))));
      assertEquals(new HistoryEvent.Saved(id(1), true), events.getFirst());
      assertInstanceOf(HistoryEvent.Failed.class, events.get(1));
      assertEquals(new HistoryEvent.Saved(id(2), true), events.getLast());
    }
  }

  @Test
  void a_damaged_file_and_one_of_a_later_version_are_left_alone() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is no database, but long enough to be looked at".repeat(100));
    var damaged = assertThrows(IOException.class, () -> HistoryFile.open(file()));
    assertTrue(
        String.valueOf(damaged.getMessage()).contains("damaged"),
        String.valueOf(damaged.getMessage()));
    Files.delete(file());
    HistoryFile.open(file()).close();
    try (var sql = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = sql.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    var later = assertThrows(IOException.class, () -> HistoryFile.open(file()));
    assertTrue(
        String.valueOf(later.getMessage()).contains("later version"),
        String.valueOf(later.getMessage()));
  }

  @Test
  void two_programs_may_have_the_same_file() throws IOException {
    try (var one = HistoryFile.open(file());
        var other = HistoryFile.open(file())) {
      for (int i = 0; i < 50; i++) {
        (i % 2 == 0 ? one : other)
            .perform(List.of(new HistoryInput.Save(theirs(i, BOB, "line " + i))));
      }
      assertEquals(50, opened(one).backlog().size());
    }
  }

  /// A reference model: what a list would hold.
  @Test
  void random_messages_marks_and_restarts_leave_what_a_plain_list_would_hold() throws IOException {
    for (long seed = 0; seed < 10; seed++) {
      var random = new SplittableRandom(seed);
      var expected = new LinkedHashMap<MessageId, String>();
      var path = folder.resolve("seed" + seed).resolve("history.db");
      var history = HistoryFile.open(path);
      for (int step = 0; step < 120; step++) {
        int number = random.nextInt(60);
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> {
            expected.putIfAbsent(id(number), "line " + number);
            history.perform(List.of(new HistoryInput.Save(ours(number, BOB, "line " + number))));
          }
          case 3 -> {
            expected.remove(id(number));
            history.perform(List.of(new HistoryInput.Remove(id(number))));
          }
          case 4 ->
              assertEquals(
                  List.copyOf(expected.values()), texts(opened(history).queued()), "seed " + seed);
          default -> {
            history.close();
            history = HistoryFile.open(path);
          }
        }
      }
      assertEquals(
          new ArrayList<>(expected.values()), texts(opened(history).backlog()), "seed " + seed);
      history.close();
    }
  }
}
