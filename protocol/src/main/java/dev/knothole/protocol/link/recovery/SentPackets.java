package dev.knothole.protocol.link.recovery;

import org.jspecify.annotations.Nullable;

/// The packets that may still be acknowledged, oldest first, as a ring of parallel arrays: a
/// gigabyte is a million packets, and none of them costs an object.
///
/// A packet is addressed by its *slot*, a number that counts tracked packets from 0; packet numbers
/// rise with slots but may have gaps (what nobody acknowledges is not tracked). A settled slot
/// knows how far below it everything is settled too, so that an acknowledgment that repeats itself
/// costs nothing for the part that was known.
///
/// @param <T> what the caller wants back with a packet's fate
final class SentPackets<T> {
  /// Some 150 MB in flight at 1200 bytes; beyond it the caller has to wait.
  static final int MAX_TRACKED = 1 << 17;

  private static final int INITIAL = 16;
  private static final int LEAST = 2;

  static final byte SETTLED = 0;
  static final byte OUTSTANDING = 1;
  static final byte LOST = 2;

  private int mask = INITIAL - 1;
  private long head;
  private long tail;

  long[] number = new long[INITIAL];
  long[] sentAt = new long[INITIAL];
  long[] delivered = new long[INITIAL];

  /// When the packet that was the newest delivered one at departure was delivered; for a lost
  /// packet, when it was declared lost.
  long[] deliveredAt = new long[INITIAL];

  long[] firstSentAt = new long[INITIAL];
  long[] lostBefore = new long[INITIAL];
  long[] inFlight = new long[INITIAL];
  private long[] below = new long[INITIAL];
  int[] size = new int[INITIAL];
  int[] path = new int[INITIAL];
  byte[] state = new byte[INITIAL];
  boolean[] appLimited = new boolean[INITIAL];
  boolean[] mtuProbe = new boolean[INITIAL];
  private @Nullable Object[] token = new @Nullable Object[INITIAL];

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  boolean isFull() {
    return tail - head >= MAX_TRACKED;
  }

  int index(long slot) {
    return (int) slot & mask;
  }

  long add(long packet, T what) {
    if (tail - head > mask) {
      resize(2 * (mask + 1));
    }
    int i = index(tail);
    number[i] = packet;
    token[i] = what;
    state[i] = OUTSTANDING;
    return tail++;
  }

  /// The newest slot with a packet number of at most `packet`; `head() - 1` when there is none.
  long atOrBelow(long packet) {
    if (head == tail || packet < number[index(head)]) {
      return head - 1;
    }
    long low = Math.max(head, tail - 1 - Math.max(0, number[index(tail - 1)] - packet));
    long high = Math.min(tail - 1, head + (packet - number[index(head)]));
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (number[index(middle)] <= packet) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @SuppressWarnings("unchecked")
  T token(long slot) {
    Object what = token[index(slot)];
    if (what == null) {
      throw new AssertionError("a packet that is not settled has its token");
    }
    return (T) what;
  }

  void settle(long slot) {
    int i = index(slot);
    state[i] = SETTLED;
    token[i] = null;
    below[i] = slot - 1;
  }

  /// The next slot under a settled one that may not be settled.
  long below(long slot) {
    return below[index(slot)];
  }

  void settledDownTo(long slot, long next) {
    below[index(slot)] = next;
  }

  /// Forgets what is settled at the old end, and what was declared lost until `lostUntil`.
  void forget(long lostUntil) {
    while (head < tail) {
      int i = index(head);
      if (state[i] == OUTSTANDING || (state[i] == LOST && deliveredAt[i] > lostUntil)) {
        return;
      }
      token[i] = null;
      head++;
    }
  }

  /// Gives memory back when nothing has been sent for a while.
  void trim() {
    int needed = LEAST;
    while (needed < tail - head) {
      needed *= 2;
    }
    if (needed <= mask) {
      resize(needed);
    }
  }

  private void resize(int capacity) {
    number = move(number, capacity);
    sentAt = move(sentAt, capacity);
    delivered = move(delivered, capacity);
    deliveredAt = move(deliveredAt, capacity);
    firstSentAt = move(firstSentAt, capacity);
    lostBefore = move(lostBefore, capacity);
    inFlight = move(inFlight, capacity);
    below = move(below, capacity);
    moveRest(capacity);
    mask = capacity - 1;
  }

  private long[] move(long[] from, int capacity) {
    long[] to = new long[capacity];
    for (long slot = head; slot < tail; slot++) {
      to[(int) slot & (capacity - 1)] = from[index(slot)];
    }
    return to;
  }

  private void moveRest(int capacity) {
    int[] sizes = new int[capacity];
    int[] paths = new int[capacity];
    byte[] states = new byte[capacity];
    boolean[] limited = new boolean[capacity];
    boolean[] probes = new boolean[capacity];
    @Nullable Object[] tokens = new @Nullable Object[capacity];
    for (long slot = head; slot < tail; slot++) {
      int from = index(slot);
      int to = (int) slot & (capacity - 1);
      sizes[to] = size[from];
      paths[to] = path[from];
      states[to] = state[from];
      limited[to] = appLimited[from];
      probes[to] = mtuProbe[from];
      tokens[to] = token[from];
    }
    size = sizes;
    path = paths;
    state = states;
    appLimited = limited;
    mtuProbe = probes;
    token = tokens;
  }
}
