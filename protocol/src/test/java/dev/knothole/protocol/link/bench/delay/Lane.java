package dev.knothole.protocol.link.bench.delay;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/// One direction of a path: a line of datagrams, each with the moment at which it leaves.
///
/// The bottleneck needs no queue of its own. It is free again at a known moment, and what lies
/// before that moment is how much waits.
final class Lane {
  private static final int BYTES = 64 << 20;
  private static final int PACKETS = 1 << 17;
  private static final int RECEIVES = 64;
  private static final long SECOND = 1_000_000_000;

  private final MemorySegment store = Arena.global().allocate(BYTES);
  private final long[] leavesAt = new long[PACKETS];
  private final int[] offsets = new int[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private final SplittableRandom random;
  private PathShape shape;
  private boolean hole;
  private long freeAt;
  private int end;
  private long first;
  private long next;

  Lane(PathShape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /// What is already on its way keeps its time.
  void become(PathShape newShape) {
    shape = newShape;
  }

  void hole(boolean open) {
    hole = open;
  }

  /// Takes what waits at the socket, but not for ever.
  void receive(Udp from, long now) throws IOException {
    for (int i = 0; i < RECEIVES && hasRoom(); i++) {
      int count = from.receive(store.asSlice(end, Udp.MOST_BYTES));
      if (count < 0) {
        return;
      }
      for (int at = 0; at < count; at += from.segment()) {
        enter(end + at, Math.min(from.segment(), count - at), now);
      }
      end += count;
    }
  }

  /// Room for the most that one call may bring, in one piece. Without any, the socket's buffer is
  /// the queue.
  private boolean hasRoom() {
    if (first == next) {
      end = 0;
      return true;
    }
    if (next - first > PACKETS - Udp.MOST_SEGMENTS) {
      return false;
    }
    int oldest = offsets[index(first)];
    if (oldest >= end) {
      return oldest - end > Udp.MOST_BYTES;
    }
    if (end + Udp.MOST_BYTES > BYTES && oldest > Udp.MOST_BYTES) {
      end = 0;
    }
    return end + Udp.MOST_BYTES <= BYTES;
  }

  private void enter(int offset, int length, long now) {
    if (hole || random.nextDouble() < shape.loss()) {
      return;
    }
    long leaves = now;
    if (shape.bytesPerSecond() > 0) {
      long waits = Math.max(0, freeAt - now);
      if (waits * shape.bytesPerSecond() / SECOND + length > shape.queueBytes()) {
        return;
      }
      freeAt = now + waits + length * SECOND / shape.bytesPerSecond();
      leaves = freeAt;
    }
    int index = index(next++);
    leavesAt[index] = leaves + shape.delay().toNanos();
    offsets[index] = offset;
    lengths[index] = length;
  }

  private static int index(long packet) {
    return (int) (packet & (PACKETS - 1));
  }

  /// Sends what is due, joined where it lies in one piece.
  void release(Udp to, long now) throws IOException {
    while (isDue(now)) {
      int offset = offsets[index(first)];
      int length = lengths[index(first)];
      int bytes = 0;
      int last = length;
      for (int count = 0; count < Udp.MOST_SEGMENTS; count++) {
        if (last < length || !isDue(now) || !continues(offset + bytes, length, bytes)) {
          break;
        }
        last = lengths[index(first++)];
        bytes += last;
      }
      to.send(store.asSlice(offset, bytes), length);
    }
  }

  private boolean isDue(long now) {
    return first < next && leavesAt[index(first)] <= now;
  }

  private boolean continues(int offset, int length, int bytes) {
    int more = lengths[index(first)];
    return offsets[index(first)] == offset && more <= length && bytes + more <= Udp.MOST_BYTES;
  }

  /// When the next datagram is due; [Long#MAX_VALUE] if none is.
  long nextRelease() {
    return first == next ? Long.MAX_VALUE : leavesAt[index(first)];
  }
}
