package dev.knothole.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameBookTest {
  private static final Fingerprint ONE = new Fingerprint("1".repeat(64));
  private static final Fingerprint OTHER = new Fingerprint("2".repeat(64));
  private static final Username BOB = new Username("bob");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void a_name_is_its_first_keys_for_ninety_days_after_the_last_use() {
    var names = NameBook.inMemory();
    assertTrue(names.claim(BOB, ONE, START));
    var later = START.plus(Duration.ofDays(80));
    assertFalse(names.claim(BOB, OTHER, later));
    assertTrue(names.claim(BOB, ONE, later));
    assertFalse(names.claim(BOB, OTHER, later.plus(Duration.ofDays(89))));
    assertTrue(names.claim(BOB, OTHER, later.plus(Duration.ofDays(90))));
  }

  @Test
  void who_takes_more_names_than_one_needs_loses_the_one_used_longest_ago() {
    var names = NameBook.inMemory();
    for (int i = 0; i < NameBook.MAX_NAMES; i++) {
      names.claim(new Username("name" + i), ONE, START);
    }
    names.claim(new Username("name0"), ONE, START);
    names.claim(BOB, ONE, START);
    assertEquals(Optional.of(ONE), names.owner(new Username("name0"), START));
    assertEquals(Optional.empty(), names.owner(new Username("name1"), START));
  }

  @Test
  void names_and_identity_outlive_the_relay() throws IOException {
    var path = folder.resolve("state").resolve("relay.db");
    Fingerprint identity;
    try (var file = RelayFile.open(path)) {
      identity = file.identity(new SecureRandom()).fingerprint();
      var names = file.names();
      names.claim(BOB, ONE, Instant.now());
      names.claim(new Username("carol"), OTHER, Instant.now().minus(Duration.ofDays(91)));
    }
    try (var file = RelayFile.open(path)) {
      assertEquals(identity, file.identity(new SecureRandom()).fingerprint());
      var names = file.names();
      assertFalse(names.claim(BOB, OTHER, Instant.now()));
      assertTrue(names.claim(new Username("carol"), ONE, Instant.now()));
    }
  }

  @Test
  void a_damaged_file_is_said_to_be_unusable() throws IOException {
    var path = folder.resolve("relay.db");
    Files.writeString(path, "this is no database at all ".repeat(100));
    var e = assertThrows(IOException.class, () -> RelayFile.open(path));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot be used"), e::toString);
  }
}
