package dev.knothole.relay.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The relay as its users run it: a process of its own, on a free port of all addresses. What it
/// costs is read from Linux's `/proc`.
final class RelayProcess implements AutoCloseable {
  /// In what `/proc/PID/stat` counts time: 10 ms on every Linux that Java runs on.
  private static final double MICROSECONDS_PER_TICK = 10_000;

  private final Process process;
  private final BufferedReader output;
  private final InetSocketAddress address;

  private RelayProcess(Process process) throws IOException {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith("listening on ")) {
      throw new IOException("the relay does not listen but says: " + line);
    }
    int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    this.address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  static RelayProcess start(List<String> jvmArguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.knothole.relay.Main", "--port", "0"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new RelayProcess(process);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /// The processor time it took so far, user and system, in microseconds.
  double cpuMicros() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROSECONDS_PER_TICK;
  }

  double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("the relay is gone");
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    output.close();
  }
}
