package dev.knothole.client.store;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.MessageId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Contacts and messages in one SQLite file, which only the user may read.
///
/// What was answered is on the disk: write-ahead log, synchronised at each commit. Several inputs
/// share a commit. Two programs with the same file wait for each other.
///
/// Not for several threads.
public final class HistoryFile implements AutoCloseable {
  /// Raised when the tables change; a file of a later version is not touched.
  private static final int VERSION = 1;

  private static final int PATIENCE_MILLIS = 5_000;

  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA busy_timeout = " + PATIENCE_MILLIS,
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL");

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            chat TEXT NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            delivery TEXT,
            seen INTEGER NOT NULL)""",
          "CREATE INDEX message_of_chat ON message (chat, seq)",
          "CREATE INDEX message_queued ON message (delivery) WHERE delivery IN ('QUEUED', 'SENT')",
          "CREATE INDEX message_unseen ON message (chat) WHERE seen = 0",
          """
          CREATE VIRTUAL TABLE word USING fts5 (
            text, content = 'message', content_rowid = 'seq',
            tokenize = 'unicode61 remove_diacritics 2')""",
          """
          CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
            INSERT INTO word (rowid, text) VALUES (new.seq, new.text);
          END""",
          """
          CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
            INSERT INTO word (word, rowid, text) VALUES ('delete', old.seq, old.text);
          END""",
          """
          CREATE TABLE contact (
            name TEXT PRIMARY KEY,
            key TEXT NOT NULL,
            trust TEXT NOT NULL,
            since INTEGER NOT NULL,
            blocked INTEGER NOT NULL) WITHOUT ROWID""",
          "CREATE TABLE relay (address TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID",
          "PRAGMA user_version = " + VERSION);

  private final Connection sql;
  private final HistoryReader reader;

  private HistoryFile(Connection sql) {
    this.sql = sql;
    reader = new HistoryReader(sql);
  }

  /// @throws IOException with a sentence for the user, when the file cannot be used
  public static HistoryFile open(Path file) throws IOException {
    try {
      makeFile(file);
      var sql = DriverManager.getConnection("jdbc:sqlite:" + file);
      var history = new HistoryFile(sql);
      try {
        history.prepare();
        return history;
      } catch (SQLException e) {
        sql.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException(file + ": " + StorageTrouble.sentence(e), e);
    }
  }

  /// With the right permissions from the start; the files beside it get the same.
  private static void makeFile(Path file) throws IOException {
    Folders.makePrivate(Folders.of(file));
    try {
      Files.createFile(file, Folders.mode(Folders.of(file), "rw-------"));
    } catch (FileAlreadyExistsException e) {
      Folders.restrict(file, "rw-------");
    }
  }

  private void prepare() throws SQLException {
    try (var statement = sql.createStatement()) {
      for (var setting : SETTINGS) {
        statement.execute(setting);
      }
      statement.execute("BEGIN IMMEDIATE");
      int version = version();
      if (version > VERSION) {
        throw new SQLException("it was written by a later version of this program");
      }
      if (version == 0) {
        for (var table : TABLES) {
          statement.execute(table);
        }
      }
      statement.execute("COMMIT");
    }
  }

  private int version() throws SQLException {
    try (var statement = sql.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /// Does all of it, in this order, in one commit. What cannot be done is answered with
  /// [HistoryEvent.Failed], and the rest is done.
  public List<HistoryEvent> perform(List<HistoryInput> inputs) {
    try {
      return atOnce(inputs);
    } catch (SQLException | IOException together) {
      if (inputs.size() == 1) {
        return List.of(
            new HistoryEvent.Failed(inputs.getFirst(), StorageTrouble.sentence(together)));
      }
      var events = new ArrayList<HistoryEvent>();
      inputs.forEach(input -> events.addAll(perform(List.of(input))));
      return events;
    }
  }

  private List<HistoryEvent> atOnce(List<HistoryInput> inputs) throws SQLException, IOException {
    var events = new ArrayList<HistoryEvent>();
    execute("BEGIN IMMEDIATE");
    try {
      for (var input : inputs) {
        perform(input).ifPresent(events::add);
      }
      execute("COMMIT");
      return events;
    } catch (SQLException | IOException | RuntimeException e) {
      rollBack();
      throw e;
    }
  }

  private void execute(String command) throws SQLException {
    try (var statement = sql.createStatement()) {
      statement.execute(command);
    }
  }

  /// SQLite itself may have rolled back already.
  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // There is nothing to roll back.
    }
  }

  private Optional<HistoryEvent> perform(HistoryInput input) throws SQLException, IOException {
    return switch (input) {
      case HistoryInput.Open(var backlog) -> Optional.of(reader.everything(backlog));
      case HistoryInput.Save(var message) -> Optional.of(save(message));
      case HistoryInput.Mark(var id, var delivery) -> {
        mark(id, delivery);
        yield Optional.empty();
      }
      case HistoryInput.Remove(var id) -> Optional.of(remove(id));
      case HistoryInput.MarkRead(var chat, var upTo) -> {
        update(
            "UPDATE message SET seen = 1 WHERE chat = ? AND seen = 0"
                + " AND seq <= (SELECT seq FROM message WHERE id = ?)",
            chat.value(),
            upTo.hex());
        yield Optional.empty();
      }
      case HistoryInput.Keep(var contact) -> {
        keep(contact);
        yield Optional.empty();
      }
      case HistoryInput.KeepRelay(var relay, var key) -> {
        update("REPLACE INTO relay VALUES (?, ?)", relay.toString(), key.hex());
        yield Optional.empty();
      }
      case HistoryInput.Search(var words, var most) ->
          Optional.of(new HistoryEvent.Found(words, reader.search(words, most)));
      case HistoryInput.Recall(var chat, var before, var most) ->
          Optional.of(new HistoryEvent.Earlier(chat, reader.before(chat, before, most)));
      case HistoryInput.Export(var chat, var file) -> Optional.of(export(chat, file));
    };
  }

  private int update(String command, Object... values) throws SQLException {
    try (var statement = sql.prepareStatement(command)) {
      HistoryReader.set(statement, values);
      return statement.executeUpdate();
    }
  }

  private HistoryEvent save(Message message) throws SQLException {
    var delivery = message.origin() instanceof Message.Origin.Ours(var how) ? how.name() : null;
    try (var statement =
        sql.prepareStatement(
            "INSERT INTO message (id, chat, at, kind, text, delivery, seen)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
      HistoryReader.set(
          statement,
          message.id().hex(),
          message.chat().value(),
          message.at().toEpochMilli(),
          message.kind().name(),
          message.text());
      statement.setString(6, delivery);
      statement.setInt(7, delivery == null ? 0 : 1);
      return new HistoryEvent.Saved(message.id(), statement.executeUpdate() > 0);
    }
  }

  /// Never back, but for what failed and is tried again.
  private void mark(MessageId id, Delivery delivery) throws SQLException {
    for (var before : Delivery.values()) {
      boolean again = before == Delivery.FAILED && delivery == Delivery.QUEUED;
      boolean onward = before.compareTo(delivery) < 0 && before != Delivery.FAILED;
      boolean tooLate = delivery == Delivery.FAILED && before.compareTo(Delivery.SENT) > 0;
      if (again || (onward && !tooLate)) {
        update(
            "UPDATE message SET delivery = ? WHERE id = ? AND delivery = ?",
            delivery.name(),
            id.hex(),
            before.name());
      }
    }
  }

  private HistoryEvent remove(MessageId id) throws SQLException {
    int removed = update("DELETE FROM message WHERE id = ? AND delivery = 'QUEUED'", id.hex());
    return new HistoryEvent.Removed(id, removed > 0);
  }

  private void keep(Contact contact) throws SQLException {
    update(
        "REPLACE INTO contact VALUES (?, ?, ?, ?, ?)",
        contact.name().value(),
        contact.key().hex(),
        contact.trust().name(),
        contact.since().toEpochMilli(),
        contact.blocked() ? 1 : 0);
  }

  private HistoryEvent export(Username chat, String typed) throws SQLException, IOException {
    var file = ExportFile.named(typed);
    var messages = reader.all(chat);
    ExportFile.write(file, messages);
    return new HistoryEvent.Exported(chat, file.toString(), messages.size());
  }

  /// The largest the file may become; SQLite then answers as on a disk without room.
  void limitPages(int pages) throws SQLException {
    execute("PRAGMA max_page_count = " + pages);
  }

  @Override
  public void close() {
    try {
      sql.close();
    } catch (SQLException e) {
      // All that was answered is on the disk already.
    }
  }
}
