package dev.knothole.client.peer;

import java.time.Duration;

/// Placeholder of the schedule; see [Link.Reason#NEVER_ANSWERED].
final class HolePuncher {
  static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  private HolePuncher() {}
}
