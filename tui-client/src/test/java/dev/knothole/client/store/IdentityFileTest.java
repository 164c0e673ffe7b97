package dev.knothole.client.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.handshake.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data").resolve("identity.pem");
  }

  @Test
  void the_first_start_makes_an_identity_that_stays() throws IOException {
    var made = IdentityFile.open(file(), RANDOM).fingerprint();
    assertEquals(made, IdentityFile.open(file(), RANDOM).fingerprint());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    try (var files = Files.list(file().getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void programs_that_start_at_once_have_the_same_identity() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Fingerprint> start = () -> IdentityFile.open(file(), RANDOM).fingerprint();
      var starts = new ArrayList<Callable<Fingerprint>>();
      for (int i = 0; i < 16; i++) {
        starts.add(start);
      }
      var seen = new HashSet<Fingerprint>();
      for (var each : threads.invokeAll(starts)) {
        seen.add(each.get());
      }
      assertEquals(1, seen.size());
    }
  }

  @Test
  void a_damaged_file_is_said_to_be_damaged_and_not_replaced() throws IOException {
    IdentityFile.open(file(), RANDOM);
    var text = Files.readString(file()).replace("BEGIN PRIVATE", "BEGAN PRIVATE");
    Files.writeString(file(), text);
    var damaged = assertThrows(IOException.class, () -> IdentityFile.open(file(), RANDOM));
    assertTrue(
        String.valueOf(damaged.getMessage()).startsWith(file() + " is damaged"),
        String.valueOf(damaged.getMessage()));
    assertEquals(text, Files.readString(file()));
  }

  @Test
  void others_are_kept_out_of_a_file_that_was_too_open() throws IOException {
    IdentityFile.open(file(), RANDOM);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    IdentityFile.open(file(), RANDOM);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }
}
