package dev.knothole.protocol.link.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What happens, in order. Nothing happens twice or by itself.
public final class VirtualTime {
  private record Event(long at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now = 1;
  private long order;

  public long now() {
    return now;
  }

  public void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), order++, what));
  }

  public void after(long nanos, Runnable what) {
    at(now + nanos, what);
  }

  public void runUntil(long end) {
    while (!events.isEmpty() && events.element().at() <= end) {
      step();
    }
    now = Math.max(now, end);
  }

  public void runFor(long nanos) {
    runUntil(now + nanos);
  }

  /// @return whether there was anything left to do
  public boolean step() {
    if (events.isEmpty()) {
      return false;
    }
    Event event = events.remove();
    now = event.at();
    event.what().run();
    return true;
  }
}
