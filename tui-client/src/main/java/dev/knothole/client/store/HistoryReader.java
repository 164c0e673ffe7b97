package dev.knothole.client.store;

import dev.knothole.client.history.Contact;
import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.Message;
import dev.knothole.client.history.Trust;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the history holds, as values. See [HistoryFile] for its tables.
final class HistoryReader {
  private static final String COLUMNS = "SELECT id, chat, at, kind, text, delivery FROM message ";

  private final Connection sql;

  HistoryReader(Connection sql) {
    this.sql = sql;
  }

  /// Fills in the places of a statement.
  static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /// The whole of one chat, oldest first.
  List<Message> all(Username chat) throws SQLException {
    return messages(COLUMNS + "WHERE chat = ? ORDER BY seq", chat.value());
  }

  /// Everything that is needed at the start.
  HistoryEvent everything(int backlog) throws SQLException {
    var queued = messages(COLUMNS + "WHERE delivery IN ('QUEUED', 'SENT') ORDER BY seq");
    var messages = new ArrayList<Message>();
    for (var chat : strings("SELECT DISTINCT chat FROM message ORDER BY chat")) {
      messages.addAll(
          messages(COLUMNS + "WHERE chat = ? ORDER BY seq DESC LIMIT ?", chat, backlog).reversed());
    }
    return new HistoryEvent.Opened(contacts(), relays(), messages, queued, unread());
  }

  private List<String> strings(String query) throws SQLException {
    var strings = new ArrayList<String>();
    try (var statement = sql.prepareStatement(query);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  private List<Message> messages(String query, Object... values) throws SQLException {
    var messages = new ArrayList<Message>();
    try (var statement = sql.prepareStatement(query)) {
      set(statement, values);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          messages.add(message(rows));
        }
      }
    }
    return messages;
  }

  private static Message message(ResultSet row) throws SQLException {
    var delivery = row.getString(6);
    return new Message(
        new MessageId(row.getString(1)),
        new Username(row.getString(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        Kind.valueOf(row.getString(4)),
        row.getString(5),
        delivery == null
            ? new Message.Origin.Theirs()
            : new Message.Origin.Ours(Delivery.valueOf(delivery)));
  }

  private List<Contact> contacts() throws SQLException {
    var contacts = new ArrayList<Contact>();
    try (var statement =
            sql.prepareStatement("SELECT name, key, trust, since, blocked FROM contact");
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        contacts.add(
            new Contact(
                new Username(rows.getString(1)),
                new Fingerprint(rows.getString(2)),
                Trust.valueOf(rows.getString(3)),
                Instant.ofEpochMilli(rows.getLong(4)),
                rows.getInt(5) != 0));
      }
    }
    return contacts;
  }

  private Map<Endpoint, Fingerprint> relays() throws SQLException {
    var relays = new HashMap<Endpoint, Fingerprint>();
    try (var statement = sql.prepareStatement("SELECT address, key FROM relay");
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        relays.put(Endpoint.parse(rows.getString(1)), new Fingerprint(rows.getString(2)));
      }
    }
    return relays;
  }

  private Map<Username, Integer> unread() throws SQLException {
    var unread = new HashMap<Username, Integer>();
    try (var statement =
            sql.prepareStatement(
                "SELECT chat, count(*) FROM message WHERE seen = 0 GROUP BY chat");
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        unread.put(new Username(rows.getString(1)), rows.getInt(2));
      }
    }
    return unread;
  }

  /// What holds all of these words, newest first.
  List<HistoryEvent.Hit> search(String words, int most) throws SQLException {
    var query = FullText.query(words);
    if (query.isEmpty()) {
      return List.of();
    }
    var hits = new ArrayList<HistoryEvent.Hit>();
    var found =
        messages(
            COLUMNS
                + "WHERE seq IN (SELECT rowid FROM word WHERE word MATCH ?)"
                + " ORDER BY seq DESC LIMIT ?",
            query.get(),
            most);
    for (var message : found) {
      hits.add(
          new HistoryEvent.Hit(message, before(message.chat(), message.id(), 1), after(message)));
    }
    return hits;
  }

  /// Messages of one chat before this one, oldest first.
  List<Message> before(Username chat, MessageId id, int most) throws SQLException {
    return messages(
            COLUMNS
                + "WHERE chat = ? AND seq < (SELECT seq FROM message WHERE id = ?)"
                + " ORDER BY seq DESC LIMIT ?",
            chat.value(),
            id.hex(),
            most)
        .reversed();
  }

  private List<Message> after(Message message) throws SQLException {
    return messages(
        COLUMNS
            + "WHERE chat = ? AND seq > (SELECT seq FROM message WHERE id = ?)"
            + " ORDER BY seq LIMIT 1",
        message.chat().value(),
        message.id().hex());
  }
}
