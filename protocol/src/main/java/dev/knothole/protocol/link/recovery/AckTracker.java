package dev.knothole.protocol.link.recovery;

import java.util.Arrays;

/// Which packets of the peer arrived, and when it is owed an acknowledgment (RFC 9000, section
/// 13.2).
///
/// Ranges are kept newest first. When more than [#MAX_RANGES] are needed the oldest is forgotten,
/// and with it the right to accept anything so old: a packet is accepted once or never.
public final class AckTracker {
  /// At 30 % loss this still remembers some two hundred packets, more than an acknowledgment needs.
  public static final int MAX_RANGES = 64;

  /// Every second packet (RFC 9000, section 13.2.2).
  public static final int DEFAULT_THRESHOLD = 2;

  /// When no acknowledgment is owed.
  public static final long NEVER = Long.MAX_VALUE;

  private long[] smallest = new long[4];
  private long[] largest = new long[4];
  private int count;
  private long floor;
  private long largestAt;
  private int unacknowledged;
  private int threshold = DEFAULT_THRESHOLD;
  private long due = NEVER;

  /// Notes a packet whose protection has been verified.
  ///
  /// @return false for one that was here before or is too old to tell: drop it
  public boolean received(long packet, boolean ackEliciting, long now) {
    boolean inOrder = count == 0 ? packet == floor : packet == largest[0] + 1;
    boolean newest = count == 0 || packet > largest[0];
    if (packet < floor || !add(packet)) {
      return false;
    }
    if (newest) {
      largestAt = now;
    }
    if (ackEliciting) {
      owe(inOrder, now);
    }
    return true;
  }

  /// The peer asked not to be kept waiting.
  public void immediately(long now) {
    due = now;
  }

  /// Acknowledges every `packets` packets from now on. A sender with a large window loses nothing
  /// by fewer acknowledgments and both ends save their cost; a small one would starve, so it asks
  /// with IMMEDIATE_ACK when it needs one.
  public void acknowledgeEvery(int packets) {
    threshold = Math.max(1, packets);
  }

  /// When an acknowledgment has to leave, or [#NEVER].
  public long due() {
    return due;
  }

  /// Whether an acknowledgment has something new to say: it may ride on any packet.
  public boolean isOwed() {
    return due != NEVER;
  }

  /// An acknowledgment of all ranges has left.
  public void sent() {
    due = NEVER;
    unacknowledged = 0;
  }

  /// The peer knows of everything up to `packet`, because it acknowledged an acknowledgment that
  /// said so (RFC 9000, section 13.2.4): it need not be told again.
  public void settledUpTo(long packet) {
    if (packet < floor || count == 0) {
      return;
    }
    floor = Math.min(packet, largest[0]) + 1;
    while (count > 0 && largest[count - 1] < floor) {
      count--;
    }
    if (count > 0) {
      smallest[count - 1] = Math.max(smallest[count - 1], floor);
    }
  }

  public int ranges() {
    return count;
  }

  /// First packet of the `i`-th range, the newest being 0.
  public long smallest(int i) {
    return smallest[i];
  }

  /// Last packet of the `i`-th range, the newest being 0.
  public long largest(int i) {
    return largest[i];
  }

  /// How long the newest packet has been waiting, for the acknowledgment's delay field.
  public long delay(long now) {
    return Math.max(0, now - largestAt);
  }

  private void owe(boolean inOrder, long now) {
    unacknowledged++;
    if (!inOrder || unacknowledged >= threshold) {
      due = Math.min(due, now);
    } else {
      due = Math.min(due, now + RttEstimator.MAX_ACK_DELAY);
    }
  }

  private boolean add(long packet) {
    int i = 0;
    while (i < count && packet < smallest[i]) {
      i++;
    }
    if (i < count && packet <= largest[i]) {
      return false;
    }
    boolean joinsNewer = i > 0 && packet + 1 == smallest[i - 1];
    boolean joinsOlder = i < count && packet - 1 == largest[i];
    if (joinsNewer && joinsOlder) {
      smallest[i - 1] = smallest[i];
      remove(i);
    } else if (joinsNewer) {
      smallest[i - 1] = packet;
    } else if (joinsOlder) {
      largest[i] = packet;
    } else {
      return insert(i, packet);
    }
    return true;
  }

  private boolean insert(int i, long packet) {
    if (count == MAX_RANGES) {
      if (i == count) {
        return false;
      }
      floor = largest[count - 1] + 1;
      count--;
    }
    if (count == smallest.length) {
      smallest = Arrays.copyOf(smallest, 2 * count);
      largest = Arrays.copyOf(largest, 2 * count);
    }
    System.arraycopy(smallest, i, smallest, i + 1, count - i);
    System.arraycopy(largest, i, largest, i + 1, count - i);
    smallest[i] = packet;
    largest[i] = packet;
    count++;
    return true;
  }

  private void remove(int i) {
    count--;
    System.arraycopy(smallest, i + 1, smallest, i, count - i);
    System.arraycopy(largest, i + 1, largest, i, count - i);
  }
}
