package dev.knothole.protocol.link;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All ways to the peer, and the one that packets are sent over.
///
/// Which one that is decides the application, with one exception: when packets newer than any other
/// come over a path that nobody offered, a router has given the peer another address; that path is
/// challenged, and if it answers while its packets are still the newest, it replaces the current
/// one. A late packet over an old path is not the newest, a packet that only tries a path is no
/// sign of a move (RFC 9000, section 9.1), and an offered path is never switched to by itself, so
/// two ends do not pull each other back and forth.
final class Paths {
  /// More than the addresses of two ends in two families and a relay make; of those that nobody
  /// offered, the oldest makes room.
  static final int MAX_PATHS = 16;

  private final RandomGenerator random;
  private final List<Path> paths = new ArrayList<>(2);
  private Path current;
  private @Nullable Path duplicate;

  /// Where the peer was before a router moved it.
  private @Nullable Path left;

  /// What the peer's newest packet came over.
  private Path used;

  private long newestPacket = -1;

  Paths(Path first, RandomGenerator random) {
    this.random = random;
    current = first;
    used = first;
    paths.add(first);
  }

  Path current() {
    return current;
  }

  @Nullable Route duplicate() {
    return duplicate == null || duplicate == current ? null : duplicate.route();
  }

  /// The path of this route, or null.
  @Nullable Path find(Route route) {
    if (route.equals(current.route())) {
      return current;
    }
    for (var path : paths) {
      if (path.route().equals(route)) {
        return path;
      }
    }
    return null;
  }

  /// The application wants this path to be tried.
  ///
  /// @return false when there are too many
  boolean offer(Route route, long now) {
    var path = find(route);
    if (path == null) {
      if (!makeRoom()) {
        return false;
      }
      path = new Path(route, true);
      paths.add(path);
    }
    path.offer();
    if (!path.isChallenging()) {
      path.challenge(random.nextLong() >>> 1, now);
    }
    return true;
  }

  private boolean makeRoom() {
    if (paths.size() < MAX_PATHS) {
      return true;
    }
    for (var path : paths) {
      if (!path.isOffered() && path != current && path != duplicate) {
        return paths.remove(path);
      }
    }
    return false;
  }

  /// @return false for the current one, which cannot be removed, and an unknown one
  boolean remove(Route route) {
    var path = find(route);
    if (path == null || path == current) {
      return false;
    }
    stopDuplicating(path);
    left = left == path ? null : left;
    return paths.remove(path);
  }

  private void stopDuplicating(Path path) {
    if (duplicate == path) {
      duplicate = null;
    }
  }

  boolean isUsable(Route route) {
    var path = find(route);
    return path != null && path.isProven();
  }

  /// Switches to a usable path.
  void use(Route route) {
    var path = find(route);
    if (path != null && path.isProven()) {
      left = isRebound(path) ? current : null;
      current = path;
    }
  }

  /// Sends everything over a second path too, or over one again.
  void duplicateTo(@Nullable Route route) {
    duplicate = route == null ? null : find(route);
  }

  /// A packet that opened came from there.
  ///
  /// @return the path, or null when there are too many
  @Nullable Path met(Route route) {
    var path = find(route);
    if (path == null) {
      if (!makeRoom()) {
        return null;
      }
      path = new Path(route, false);
      paths.add(path);
    }
    return path;
  }

  /// The peer uses this path: the packet that came over it did more than try it.
  ///
  /// @return whether it used another one before
  boolean used(Path path, long packet, long now) {
    if (packet <= newestPacket) {
      return false;
    }
    newestPacket = packet;
    path.newest(packet);
    if (path != current && follows(path) && !path.isChallenging()) {
      path.challenge(random.nextLong() >>> 1, now);
      path.rebinding(packet);
    }
    boolean isAnother = path != used;
    used = path;
    return isAnother;
  }

  /// Whether the peer may have been moved there by a router: to a path that nobody offered, or from
  /// one back to where it was.
  private boolean follows(Path path) {
    return !path.isOffered() || path == left;
  }

  /// Whether a path that has just answered takes the place of the current one: nothing newer has
  /// come over that one since, as it would if the peer used both for a while.
  boolean isRebound(Path path) {
    return path != current
        && follows(path)
        && path.newestPacket() > current.newestPacket()
        && current.newestPacket() < path.rebindingSince();
  }

  /// The next path with a challenge or response to send, or null.
  @Nullable Path nextProbe(long now) {
    for (var path : paths) {
      if ((path.owesResponse() || path.owesChallenge(now)) && path.allows(DataSpace.MIN_PROBE)) {
        return path;
      }
    }
    return null;
  }

  /// The next path whose challenges all stayed without answer, or null.
  @Nullable Path nextFailed(long now) {
    for (var path : paths) {
      if (path.hasFailed(now)) {
        path.giveUp();
        return path;
      }
    }
    return null;
  }

  /// When a challenge is due or fails.
  long wakeAt() {
    long at = Path.NEVER;
    for (var path : paths) {
      if (path.allows(DataSpace.MIN_PROBE)) {
        at = Math.min(at, path.challengeAt());
      }
    }
    return at;
  }
}
