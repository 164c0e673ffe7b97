package dev.knothole.protocol.link.recovery;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: what happens, in order. Nothing happens twice or by itself.
final class World {
  private record Event(long at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now = 1;
  private long order;

  long now() {
    return now;
  }

  void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), order++, what));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.element().at() <= end) {
      step();
    }
    now = Math.max(now, end);
  }

  /// @return whether there was anything left to do
  boolean step() {
    if (events.isEmpty()) {
      return false;
    }
    Event event = events.remove();
    now = event.at();
    event.what().run();
    return true;
  }
}
