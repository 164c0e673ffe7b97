package dev.knothole.protocol.link.bench;

import java.io.IOException;
import java.time.Duration;

/// What several scenes ask of the measuring end.
final class Flows {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  private Flows() {}

  /// @return megabytes per second
  static double flow(Stage stage, int size, Duration warm, Duration measured) throws IOException {
    long bytes = stage.ask(command("flow", size, warm, measured), warm.plus(measured))[0];
    return bytes / BYTES_PER_MEGABYTE * MILLIS_PER_SECOND / measured.toMillis();
  }

  /// @return median and 99th percentile, in nanoseconds
  static long[] echo(Stage stage, int size, Duration warm, Duration measured) throws IOException {
    return stage.ask(command("echo", size, warm, measured), warm.plus(measured));
  }

  private static String command(String task, int size, Duration warm, Duration measured) {
    return task + " " + size + " " + warm.toMillis() + " " + measured.toMillis();
  }
}
