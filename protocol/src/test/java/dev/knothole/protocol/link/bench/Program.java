package dev.knothole.protocol.link.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A JVM of its own, spoken to line by line. What it costs is read from Linux's `/proc`.
final class Program implements AutoCloseable {
  /// What a chat client is started with, and what contestants need to do their best.
  private static final List<String> JVM =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:TrimNativeHeapInterval=5000",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  /// In what `/proc/PID/stat` counts time: 10 ms on every Linux that Java runs on.
  private static final double SECONDS_PER_TICK = 0.01;

  private static final String NO_MORE = "";

  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

  private Program(Process process) {
    this.process = process;
    this.input = process.outputWriter(UTF_8);
    Thread.ofVirtual().start(this::listen);
  }

  /// @param prefix a command that runs another one, as `ip netns exec` does; may be empty
  static Program start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    return new Program(builder.start());
  }

  private void listen() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
      }
    } catch (IOException _) {
      // Ended, like below.
    }
    output.add(NO_MORE);
  }

  /// @return the answer to a command
  String ask(String command, Duration limit) throws IOException {
    input.write(command + "\n");
    input.flush();
    try {
      return read(limit);
    } catch (IOException e) {
      throw new IOException("'" + command + "' " + e.getMessage(), e);
    }
  }

  long number(String command, Duration limit) throws IOException {
    return Long.parseLong(ask(command, limit));
  }

  /// @return the next line
  String read(Duration limit) throws IOException {
    try {
      var line = output.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new IOException("took more than " + limit.toSeconds() + " s");
      }
      if (line.equals(NO_MORE)) {
        throw new IOException("was the end of the process");
      }
      if (line.startsWith("failed: ")) {
        throw new IOException(line);
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// The processor time it took so far, user and system.
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * SECONDS_PER_TICK;
  }

  double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("the process is gone");
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
