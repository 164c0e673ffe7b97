package dev.knothole.protocol.link;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Which connection wants to be woken when. A connection's time mostly moves on, packet by packet,
/// so an entry is only added when the time comes nearer; an early one just asks again.
final class Timers {
  private record Timer(long at, Connection connection) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at));

  void set(Connection connection, long at) {
    if (at < connection.timerAt) {
      connection.timerAt = at;
      timers.add(new Timer(at, connection));
    }
  }

  /// Takes the next connection whose time has come, or null.
  @Nullable Connection takeDue(long now) {
    for (var timer = timers.peek(); timer != null && timer.at <= now; timer = timers.peek()) {
      timers.remove();
      if (timer.at == timer.connection.timerAt) {
        timer.connection.timerAt = Long.MAX_VALUE;
        return timer.connection;
      }
    }
    return null;
  }

  /// When the next one is due, or [Long#MAX_VALUE].
  long next() {
    var timer = timers.peek();
    return timer == null ? Long.MAX_VALUE : timer.at;
  }
}
