package dev.knothole.protocol.link.bench.delay;

import java.time.Duration;

/// What a path does to packets, the same in both directions.
///
/// @param delay one way, after the bottleneck
/// @param bytesPerSecond of the bottleneck; 0 is none
/// @param queueBytes that wait in front of the bottleneck at most; what comes then is dropped
/// @param loss the share of packets that are lost by chance
public record PathShape(Duration delay, long bytesPerSecond, int queueBytes, double loss) {
  private static final int MEGABIT = 1_000_000 / 8;

  public static PathShape unlimited(Duration delay, double loss) {
    return new PathShape(delay, 0, 0, loss);
  }

  public static PathShape limited(Duration delay, int megabits, int queueBytes, double loss) {
    return new PathShape(delay, (long) megabits * MEGABIT, queueBytes, loss);
  }

  /// The same as [#parse] reads.
  @Override
  public String toString() {
    return delay.toNanos() + " " + bytesPerSecond + " " + queueBytes + " " + loss;
  }

  static PathShape parse(String[] words, int at) {
    return new PathShape(
        Duration.ofNanos(Long.parseLong(words[at])),
        Long.parseLong(words[at + 1]),
        Integer.parseInt(words[at + 2]),
        Double.parseDouble(words[at + 3]));
  }
}
