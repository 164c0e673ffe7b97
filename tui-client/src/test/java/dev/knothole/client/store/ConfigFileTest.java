package dev.knothole.client.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
  @TempDir private Path home;
  private Folders folders;

  @BeforeEach
  void live() {
    folders = Folders.of(Map.of(), home);
  }

  @Test
  void without_a_file_nothing_is_configured() throws ConfigError {
    assertEquals(Config.EMPTY, ConfigFile.read(folders.configFile()));
  }

  @Test
  void what_the_file_says_is_read() throws Exception {
    write(
        """
        # mine
        name = "alice"
        relays = ["a.example", "192.0.2.1:4000"]
        port = 4000
        relay_only = true
        read_receipts = false
        """);
    var config = ConfigFile.read(folders.configFile());
    var relays = List.of("a.example", "192.0.2.1:4000");
    assertEquals(new Config("alice", relays, 4000, true, false, null), config);
  }

  @Test
  void the_default_sets_nothing_and_is_private_and_never_overwritten() throws Exception {
    ConfigFile.create(folders);
    assertEquals(Config.EMPTY, ConfigFile.read(folders.configFile()));
    assertEquals("rw-------", permissions(folders.configFile()));
    assertEquals("rwx------", permissions(folders.config()));

    Files.writeString(folders.configFile(), "name = \"bob\"\n");
    assertThrows(FileAlreadyExistsException.class, () -> ConfigFile.create(folders));
    assertEquals("name = \"bob\"\n", Files.readString(folders.configFile()));
  }

  @Test
  void every_line_of_the_default_can_be_switched_on() throws Exception {
    ConfigFile.create(folders);
    String all = Files.readString(folders.configFile()).replaceAll("(?m)^#(?=\\w)", "");
    write(all);
    var config = ConfigFile.read(folders.configFile());
    var relays = List.of("relay.example.org", "192.0.2.1:3478");
    assertEquals(new Config("alice", relays, 0, true, true, true), config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'# one\n\nnmae = \"alice\"\n'|line 3: there is no key called nmae",
        "'name = \"alice\n'|line 1: ",
        "'name = \"a\"\nport = \"x\"\n'|line 2: ",
        "'\n\nrelays = 5\n'|line 3: ",
        "'name = \"a\"\nname = \"b\"\n'|line 2: ",
        "'port = 4000.5'|line 1: ",
        "'name = 5'|line 1: ",
        "'port = 1\nrelays = [ \"a\"\n'|line ",
      })
  void a_broken_file_is_refused_with_file_line_and_reason(String text, String part)
      throws IOException {
    write(text);
    var error = assertThrows(ConfigError.class, () -> ConfigFile.read(folders.configFile()));
    String sentence = String.valueOf(error.getMessage());
    assertTrue(sentence.startsWith(folders.configFile() + ", "), sentence);
    assertTrue(sentence.contains(part), sentence);
    assertEquals(1, sentence.lines().count(), sentence);
  }

  @Test
  void the_xdg_variables_are_obeyed_when_they_are_absolute() {
    var environment = Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "relative");
    var chosen = Folders.of(environment, home);
    assertEquals(Path.of("/c/knothole/config.toml"), chosen.configFile());
    assertEquals(home.resolve(".local/state/knothole/tui-client.log"), chosen.logFile());
  }

  @Test
  void the_log_is_private() throws IOException {
    folders.makeLogFile();
    folders.makeLogFile();
    assertEquals("rw-------", permissions(folders.logFile()));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folders.config());
    Files.writeString(folders.configFile(), text);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
