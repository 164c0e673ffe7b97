package dev.knothole.protocol.link;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Which of the [Paths] packets are sent over, what is known of that one, and what the application
/// is told of all of them.
final class Steering {
  private final Shared shared;
  private final Deque<LinkEvent> events;
  private final Paths paths;
  private PathState sending;

  Steering(Path first, Shared shared, Deque<LinkEvent> events, long now) {
    this.shared = shared;
    this.events = events;
    paths = new Paths(first, shared.random());
    sending = fresh(first, now);
  }

  private PathState fresh(Path path, long now) {
    return new PathState(shared.options().congestion(), path.route(), shared.random(), now);
  }

  Path current() {
    return paths.current();
  }

  Route route() {
    return current().route();
  }

  /// What is known of the current path.
  PathState sending() {
    return sending;
  }

  /// Where everything is sent as well, or null.
  @Nullable Route duplicate() {
    return paths.duplicate();
  }

  /// @return false when there are too many paths
  boolean offer(Route route, long now) {
    return paths.offer(route, now);
  }

  /// @return false for the current path and an unknown one
  boolean remove(Route route) {
    return paths.remove(route);
  }

  boolean isUsable(Route route) {
    return paths.isUsable(route);
  }

  /// Turns to another, usable path.
  ///
  /// @return what is known of it: nothing yet
  PathState turnTo(Route route, long now) {
    paths.use(route);
    sending = fresh(paths.current(), now);
    return sending;
  }

  /// @param route a usable one, or null for none
  boolean duplicate(@Nullable Route route) {
    if (route != null && !paths.isUsable(route)) {
      return false;
    }
    paths.duplicateTo(route);
    return true;
  }

  /// The known path of this route, or null.
  @Nullable Path find(Route route) {
    return paths.find(route);
  }

  /// A packet that opened came from there.
  ///
  /// @return the path, or null when there are too many
  @Nullable Path met(Route from, int bytes) {
    var path = paths.met(from);
    if (path != null) {
      path.received(bytes);
    }
    return path;
  }

  /// A packet came over it that did more than try it.
  ///
  /// @return whether the peer used another one before
  boolean used(Path path, long packet, long now) {
    return paths.used(path, packet, now);
  }

  /// Whether the peer has moved to a path that has just answered.
  boolean isRebound(Path answered) {
    return paths.isRebound(answered);
  }

  /// The next path with a challenge or response to send, or null.
  @Nullable Path nextProbe(long now) {
    return paths.nextProbe(now);
  }

  /// Gives up the paths whose challenges all stayed without answer.
  void tick(long now) {
    for (var failed = paths.nextFailed(now); failed != null; failed = paths.nextFailed(now)) {
      if (failed.isOffered()) {
        events.addLast(new LinkEvent.PathFailed(failed.route()));
      } else {
        paths.remove(failed.route());
      }
    }
  }

  long wakeAt() {
    return paths.wakeAt();
  }
}
