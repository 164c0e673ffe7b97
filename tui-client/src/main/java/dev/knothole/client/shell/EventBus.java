package dev.knothole.client.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The one timeline of an owner thread: any thread posts, the owner takes, order is kept within a
/// lane. A due timer goes ahead of everything, so that a flood cannot starve it; the urgent lane
/// goes ahead of the normal one.
///
/// Both lanes are bounded. [#postUrgently] waits for room, which slows a paste down; [#offer]
/// drops, which is right for what the network may drop too; [#offerImportant] has as much room
/// again kept for what should not be lost.
final class EventBus<E> {
  /// More than any burst that a person or a healthy network makes, little enough to catch up with.
  static final int CAPACITY = 4_096;

  private final InstantSource clock;
  private final Deque<E> urgent = new ArrayDeque<>();
  private final Deque<E> normal = new ArrayDeque<>();

  EventBus(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void postUrgently(E event) throws InterruptedException {
    while (!offer(urgent, CAPACITY, event)) {
      wait();
    }
  }

  /// Whether there was room.
  synchronized boolean offer(E event) {
    return offer(normal, CAPACITY, event);
  }

  /// Whether there was room.
  synchronized boolean offerImportant(E event) {
    return offer(normal, 2 * CAPACITY, event);
  }

  /// Whether there was room.
  synchronized boolean offerUrgently(E event) {
    return offer(urgent, CAPACITY, event);
  }

  private boolean offer(Deque<E> lane, int capacity, E event) {
    if (lane.size() >= capacity) {
      return false;
    }
    lane.add(event);
    notifyAll();
    return true;
  }

  /// The next event, waiting for one until `wake`; nothing when `wake` has come.
  synchronized Optional<E> next(Instant wake) throws InterruptedException {
    while (true) {
      Duration left = Duration.between(clock.instant(), wake);
      if (!left.isPositive()) {
        return Optional.empty();
      }
      var event = Optional.ofNullable(urgent.poll()).or(() -> Optional.ofNullable(normal.poll()));
      if (event.isPresent()) {
        notifyAll();
        return event;
      }
      // Rounded up: a wake-up half a millisecond early would spin.
      wait(Math.min(left.toMillis() + 1, Duration.ofHours(1).toMillis()));
    }
  }

  synchronized boolean isEmpty() {
    return urgent.isEmpty() && normal.isEmpty();
  }
}
