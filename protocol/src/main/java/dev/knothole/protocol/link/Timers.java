package dev.knothole.protocol.link;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which connection wants to be woken when; each has one place at the most. A connection's time
/// mostly moves on, packet by packet, so its place only changes when the time comes nearer; who is
/// woken early just asks again.
final class Timers {
  private static final long NEVER = Long.MAX_VALUE;

  private final TreeSet<Connection> timers =
      new TreeSet<>(
          Comparator.<Connection>comparingLong(timed -> timed.timerAt)
              .thenComparingLong(Connection::id));

  void set(Connection connection, long at) {
    if (at < connection.timerAt) {
      forget(connection);
      connection.timerAt = at;
      timers.add(connection);
    }
  }

  void forget(Connection connection) {
    if (connection.timerAt != NEVER) {
      timers.remove(connection);
      connection.timerAt = NEVER;
    }
  }

  /// Takes the next connection whose time has come, or null.
  @Nullable Connection takeDue(long now) {
    if (next() > now || timers.isEmpty()) {
      return null;
    }
    var due = timers.first();
    forget(due);
    return due;
  }

  /// When the next one is due, or [Long#MAX_VALUE].
  long next() {
    return timers.isEmpty() ? NEVER : timers.first().timerAt;
  }

  int size() {
    return timers.size();
  }
}
