package dev.knothole.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port -1",
        "--port 65536",
        "--port x",
        "--bind localhost",
        "--bind 192.0.2.256",
        "--expiry 0h",
        "--expiry 12",
        "--expiry 1h30m",
        "--capacity 0",
        "--colour",
        "surplus",
      })
  void wrong_usage_is_said_and_ends_with_2(String arguments) {
    assertEquals(2, execute(arguments.split(" ", -1)));
    assertTrue(err.toString().contains("Usage: relay"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void help_and_version_end_with_0() {
    assertEquals(0, execute("--help"));
    assertTrue(out.toString().contains("--bind"), out.toString());
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().contains("knothole relay "), out.toString());
  }

  @Test
  void a_taken_port_is_said_in_one_sentence_and_ends_with_1() throws IOException {
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    try (var other = RelayServer.open(0, List.of(loopback), Rendezvous.Limits.DEFAULT)) {
      int port = other.addresses().getFirst().getPort();
      assertEquals(1, execute("--port", "" + port));
      assertEquals(
          "UDP port "
              + port
              + " is taken, perhaps by a relay that runs already: stop it or choose another --port.",
          err.toString().strip());
    }
  }

  @Test
  void an_address_of_another_machine_is_said_in_one_sentence_and_ends_with_1() {
    assertEquals(1, execute("--port", "0", "--bind", "192.0.2.1"));
    assertTrue(err.toString().startsWith("Cannot listen on 192.0.2.1"), err.toString());
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "30m, PT30M", "12h, PT12H", "7d, PT168H"})
  void a_time_is_a_number_with_its_unit(String text, Duration duration) {
    assertEquals(duration, Main.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h", "12", "-1h", "0s", "1w", "9999999999d"})
  void what_is_not_a_time_is_refused(String text) {
    assertThrows(CommandLine.TypeConversionException.class, () -> Main.duration(text));
  }

  @TempDir Path folder;

  @Test
  void the_program_says_where_it_listens_and_ends_with_0_when_told_to()
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.knothole.relay.Main",
                "--state",
                folder.toString(),
                "--port",
                "0",
                "--bind",
                "127.0.0.1")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String announcement = output.readLine();
      assertTrue(announcement.matches("listening on 127\\.0\\.0\\.1:\\d+"), announcement);
      process.toHandle().destroy();
      String farewell = output.readLine();
      assertTrue(farewell.contains("stopped: 0 registered"), farewell);
      assertEquals(0, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
