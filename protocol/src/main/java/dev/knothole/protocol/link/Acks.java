package dev.knothole.protocol.link;

import dev.knothole.protocol.link.recovery.AckTracker;
import dev.knothole.protocol.link.wire.AckRanges;

/// What a receiver knows, in the form that travels.
final class Acks {
  private Acks() {}

  static AckRanges of(AckTracker tracker, AckRanges ranges) {
    ranges.clear();
    for (int i = 0; i < tracker.ranges(); i++) {
      ranges.add(tracker.smallest(i), tracker.largest(i));
    }
    return ranges;
  }
}
