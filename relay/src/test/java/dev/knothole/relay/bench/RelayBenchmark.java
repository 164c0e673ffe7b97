package dev.knothole.relay.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Prints one line per figure, `name value unit`; each is the median of several rounds.
public final class RelayBenchmark {
  /// @param rounds how many per figure
  /// @param roundNanos how long each
  /// @param crowd how many register in the end, to see what they take
  private record Effort(int rounds, long roundNanos, int crowd) {
    static final Effort QUICK = new Effort(3, 1_000_000_000L, 100_000);
    static final Effort FULL = new Effort(7, 2_000_000_000L, 1_000_000);
  }

  private static final int WARM_UP_ROUNDS = 4;

  /// One kind of exchange, for the whole crowd at once.
  private interface Exchange {
    /// @return how many there were
    int perform() throws IOException;
  }

  private final RelayProcess relay;
  private final Effort effort;

  private RelayBenchmark(RelayProcess relay, Effort effort) {
    this.relay = relay;
    this.effort = effort;
  }

  /// @param arguments `--quick`, and JVM arguments for the relay
  public static void main(String... arguments) throws IOException {
    var words = List.of(arguments);
    var effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
    var jvmArguments = words.stream().filter(word -> !word.equals("--quick")).toList();
    try (var relay = RelayProcess.start(jvmArguments);
        var crowd = new Crowd(relay.address())) {
      new RelayBenchmark(relay, effort).run(crowd);
    }
  }

  private void run(Crowd crowd) throws IOException {
    print("relay_resident_at_start", relay.residentMegabytes(), "MB");
    crowd.growTo(10);
    warmUp(crowd::registerAll);
    warmUp(crowd::introduceAll);
    measure("introductions_10", 2, crowd::introduceAll);
    crowd.growTo(1_000);
    measure("introductions_1000", 2, crowd::introduceAll);
    crowd.growTo(100_000);
    print("relay_resident_100000", relay.residentMegabytes(), "MB");
    measure("introductions_100000", 2, crowd::introduceAll);
    measure("registrations", 1, crowd::registerAll);
    if (effort.crowd() > 100_000) {
      crowd.growTo(effort.crowd());
      print("relay_resident_" + effort.crowd(), relay.residentMegabytes(), "MB");
      measure("introductions_" + effort.crowd(), 2, crowd::introduceAll);
      measure("registrations_" + effort.crowd(), 1, crowd::registerAll);
    }
    print("relay_resident_at_end", relay.residentMegabytes(), "MB");
  }

  /// Until nearly all of the relay's code is compiled as well as it will be: the compiler's time
  /// counts as the relay's.
  private void warmUp(Exchange exchange) throws IOException {
    long end = System.nanoTime() + WARM_UP_ROUNDS * effort.roundNanos();
    while (System.nanoTime() < end) {
      exchange.perform();
    }
  }

  private void measure(String name, int messagesEach, Exchange exchange) throws IOException {
    double[] perSecond = new double[effort.rounds()];
    double[] cpuPerMessage = new double[effort.rounds()];
    for (int round = 0; round < effort.rounds(); round++) {
      double cpu = relay.cpuMicros();
      long start = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - start < effort.roundNanos()) {
        count += exchange.perform();
      }
      perSecond[round] = count * 1e9 / (System.nanoTime() - start);
      cpuPerMessage[round] = (relay.cpuMicros() - cpu) / (count * messagesEach);
    }
    print(name, median(perSecond), "1/s");
    print(name + "_cpu_per_message", median(cpuPerMessage), "us");
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(String name, double value, String unit) {
    String number = String.format(Locale.ROOT, value < 1_000 ? "%.2f" : "%.0f", value);
    System.out.println(name + " " + number + " " + unit);
  }
}
