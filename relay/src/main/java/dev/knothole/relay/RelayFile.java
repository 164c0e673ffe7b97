package dev.knothole.relay;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.tinylog.Logger;

/// What a relay remembers from one start to the next, in one SQLite file: its identity, and whose
/// each name is. A rollback journal makes each commit whole or nothing, whenever the process or the
/// machine ends.
///
/// The serving thread never waits for the disk: what happens to names goes into a bounded queue and
/// is written by a thread of its own, some milliseconds later. What was not written when the relay
/// was killed is written when its owner signs in again.
public final class RelayFile implements AutoCloseable {
  private static final int CAPACITY = 100_000;
  private static final int BATCH = 1_000;
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private static final List<String> PREPARATION =
      List.of(
          "PRAGMA busy_timeout = 5000",
          "PRAGMA journal_mode = DELETE",
          "PRAGMA synchronous = FULL",
          """
          CREATE TABLE IF NOT EXISTS identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            key BLOB NOT NULL,
            certificate BLOB NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS name (
            name TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            used INTEGER NOT NULL) WITHOUT ROWID""");

  private sealed interface Change {
    record Owned(NameBook.Entry entry) implements Change {}

    record Freed(Username name) implements Change {}

    record End() implements Change {}
  }

  private final Connection sql;
  private final BlockingQueue<Change> changes = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread writer = Thread.ofVirtual().name("names").unstarted(this::write);

  private RelayFile(Connection sql) {
    this.sql = sql;
  }

  /// @throws IOException with a sentence for the operator, when the file cannot be used
  public static RelayFile open(Path file) throws IOException {
    makeFile(file);
    try {
      var sql = DriverManager.getConnection("jdbc:sqlite:" + file);
      var opened = new RelayFile(sql);
      try (var statement = sql.createStatement()) {
        for (var each : PREPARATION) {
          statement.execute(each);
        }
      } catch (SQLException e) {
        sql.close();
        throw e;
      }
      opened.writer.start();
      return opened;
    } catch (SQLException e) {
      throw new IOException(
          file
              + " cannot be used: "
              + e.getMessage()
              + ". Make it and its folder writable, or move a damaged one away; a new one makes"
              + " clients warn that the relay's key has changed.",
          e);
    }
  }

  private static void makeFile(Path file) throws IOException {
    var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder);
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // The relay has run before.
    }
    if (posix) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /// What the relay proves to be; made at the first start.
  ///
  /// @throws IOException when it is damaged or cannot be kept
  public Identity identity(SecureRandom random) throws IOException {
    try (var statement = sql.createStatement();
        var rows = statement.executeQuery("SELECT key, certificate FROM identity")) {
      return rows.next() ? identity(rows.getBytes(1), rows.getBytes(2)) : newIdentity(random);
    } catch (SQLException | GeneralSecurityException e) {
      throw new IOException("The relay's identity cannot be read or kept: " + e.getMessage(), e);
    }
  }

  private static Identity identity(byte[] key, byte[] certificate) throws GeneralSecurityException {
    return new Identity(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate)));
  }

  private Identity newIdentity(SecureRandom random) throws SQLException, GeneralSecurityException {
    var made = Identity.generate(random);
    try (var statement = sql.prepareStatement("INSERT INTO identity VALUES (1, ?, ?)")) {
      statement.setBytes(1, made.key().getEncoded());
      statement.setBytes(2, made.certificate().getEncoded());
      statement.executeUpdate();
    }
    return made;
  }

  /// Whose each name is, as far as it was written.
  ///
  /// @throws IOException when it cannot be read
  NameBook names() throws IOException {
    var known = new ArrayList<NameBook.Entry>();
    try (var statement = sql.createStatement();
        var rows = statement.executeQuery("SELECT name, owner, used FROM name ORDER BY used")) {
      while (rows.next()) {
        known.add(
            new NameBook.Entry(
                new Username(rows.getString(1)),
                new Fingerprint(rows.getString(2)),
                Instant.ofEpochMilli(rows.getLong(3))));
      }
    } catch (SQLException e) {
      throw new IOException("The names cannot be read: " + e.getMessage(), e);
    }
    return new NameBook(known, journal());
  }

  private NameBook.Journal journal() {
    return new NameBook.Journal() {
      @Override
      public void owned(NameBook.Entry entry) {
        post(new Change.Owned(entry));
      }

      @Override
      public void freed(Username name) {
        post(new Change.Freed(name));
      }
    };
  }

  private void post(Change change) {
    if (!changes.offer(change)) {
      Logger.warn("the disk is too slow for the names that come in; some are not kept");
    }
  }

  private void write() {
    try {
      boolean ended = false;
      while (!ended) {
        var batch = new ArrayList<Change>();
        batch.add(changes.take());
        changes.drainTo(batch, BATCH);
        ended = batch.stream().anyMatch(Change.End.class::isInstance);
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Change> batch) {
    try (var statement = sql.createStatement();
        var owned = sql.prepareStatement("REPLACE INTO name VALUES (?, ?, ?)");
        var freed = sql.prepareStatement("DELETE FROM name WHERE name = ?")) {
      statement.execute("BEGIN IMMEDIATE");
      for (var change : batch) {
        switch (change) {
          case Change.Owned(var entry) -> {
            owned.setString(1, entry.name().value());
            owned.setString(2, entry.owner().hex());
            owned.setLong(3, entry.usedAt().toEpochMilli());
            owned.executeUpdate();
          }
          case Change.Freed(var name) -> {
            freed.setString(1, name.value());
            freed.executeUpdate();
          }
          case Change.End _ -> {}
        }
      }
      statement.execute("COMMIT");
    } catch (SQLException e) {
      Logger.error(e, "names could not be kept");
      rollBack();
    }
  }

  private void rollBack() {
    try (var statement = sql.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // There is nothing to roll back.
    }
  }

  /// Writes what is waiting before it returns, unless the disk hangs.
  @Override
  public void close() {
    try {
      changes.put(new Change.End());
      if (!writer.join(LONGEST_END)) {
        Logger.warn("the disk did not take all names in time");
      }
      sql.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      Logger.warn(e, "the file of names did not close in order");
    }
  }
}
