package dev.knothole.client.world;

import java.time.Duration;

/// What happens to datagrams on their way across the open Internet.
///
/// @param latency one way, at least
/// @param jitter up to so much later; what was sent later may arrive earlier
/// @param loss the share that never arrives, 0 to 1
/// @param duplication the share that arrives twice, 0 to 1
public record Weather(Duration latency, Duration jitter, double loss, double duplication) {
  public static final Weather FAIR = new Weather(Duration.ofMillis(20), Duration.ZERO, 0, 0);

  public static Weather storm(double loss) {
    return new Weather(Duration.ofMillis(15), Duration.ofMillis(60), loss, 0.1);
  }
}
