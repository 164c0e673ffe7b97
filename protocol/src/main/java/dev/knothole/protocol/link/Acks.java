package dev.knothole.protocol.link;

import dev.knothole.protocol.link.recovery.AckTracker;
import dev.knothole.protocol.link.recovery.LossDetector;
import dev.knothole.protocol.link.recovery.RttEstimator;
import dev.knothole.protocol.link.wire.AckRanges;

/// Acknowledgements between what the two ends know and the form that travels.
final class Acks {
  private Acks() {}

  /// Works in what the peer acknowledges.
  ///
  /// @param delayMicros as it stands in the frame; more than was agreed is not believed
  /// @return false if it acknowledges what was never sent
  static boolean workIn(LossDetector<?> detector, AckRanges ranges, long delayMicros, long now) {
    for (int i = 0; i < ranges.size(); i++) {
      if (!detector.ackedRange(ranges.smallest(i), ranges.largest(i), now)) {
        return false;
      }
    }
    long micros = Math.min(delayMicros, RttEstimator.MAX_ACK_DELAY / 1000);
    detector.ackedAll(ranges.largest(0), micros * 1000, now);
    return true;
  }

  /// What a receiver has to tell.
  static AckRanges of(AckTracker tracker, AckRanges ranges) {
    ranges.clear();
    for (int i = 0; i < tracker.ranges(); i++) {
      ranges.add(tracker.smallest(i), tracker.largest(i));
    }
    return ranges;
  }
}
