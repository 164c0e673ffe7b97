package dev.knothole.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_and_version_are_answered_on_standard_output() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("--relay=HOST[:PORT]"), out.toString());
    assertEquals(0, run("--version"));
    assertTrue(out.toString().contains("Knothole"), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nmae alice|--nmae",
        "--console --name a:b|--name: A name cannot contain blanks or colons",
        "--console --name ''|--name: A name cannot be empty.",
        "--console --port 65536|--port: 65536 is not between 0 and 65535.",
        "--console --port x|x",
        "--console --relay a:0|--relay: A relay is written HOST or HOST:PORT",
        "--console --connect|--connect",
        "stray|stray",
      })
  void wrong_usage_is_status_2_with_a_sentence(String line, String part) {
    assertEquals(2, run(line.replace("''", "\0").split(" ")), err::toString);
    assertTrue(err.toString().contains(part), err.toString());
  }

  @Test
  void a_broken_configuration_is_named_with_file_and_line() throws IOException {
    Files.writeString(folder.resolve("config.toml"), "\nport = true\n");
    assertEquals(2, run("--console"));
    String where = folder.resolve("config.toml") + ", line 2: ";
    assertTrue(err.toString().contains(where), err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relays = ['foo:99999']|line 1: A relay is written HOST or HOST:PORT",
        "port = 70000|line 1: 70000 is not between 0 and 65535.",
        "name = ''|line 1: A name cannot be empty.",
        "name = 'a b'|line 1: A name cannot contain blanks",
      })
  void a_wrong_value_in_the_configuration_is_named_with_file_and_line(String text, String part)
      throws IOException {
    Files.writeString(folder.resolve("config.toml"), text.replace('\'', '"'));
    assertEquals(2, run("--console"));
    assertTrue(err.toString().contains(folder + "/config.toml, " + part), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void config_writes_a_default_once() throws IOException {
    assertEquals(0, run("config"));
    var file = folder.resolve("config.toml");
    assertTrue(out.toString().contains("Wrote " + file), out.toString());
    Files.writeString(file, "name = \"kept\"\n");
    assertEquals(0, run("config"));
    assertTrue(out.toString().contains("left as it is"), out.toString());
    assertEquals("name = \"kept\"\n", Files.readString(file));
  }

  private int run(String... words) {
    var arguments = new ArrayList<>(List.of("--config-dir", folder.toString()));
    for (var word : words) {
      arguments.add(word.replace("\0", ""));
    }
    return Arguments.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
