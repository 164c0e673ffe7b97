package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;

/// Datagrams on their way out (RFC 9221): sent once, never again.
///
/// At most [#MAX_QUEUED] wait. One more pushes the oldest out, for what is sent unreliably is worth
/// less the older it is. Each lies in a chunk of the budget; when there is none, it is dropped.
public final class DatagramQueue {
  public static final int MAX_QUEUED = 32;

  private final Share share;
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(2);
  private final ArrayDeque<Integer> lengths = new ArrayDeque<>(2);
  private long dropped;

  public DatagramQueue(BufferBudget budget) {
    share = new Share(budget);
  }

  /// The largest datagram, whatever a path can carry.
  public static int maxLength() {
    return BufferBudget.CHUNK_BYTES;
  }

  /// @return whether it waits now: false when it is too long, or there is no memory
  public boolean offer(byte[] from, int at, int length) {
    if (length > maxLength()) {
      return false;
    }
    if (chunks.size() == MAX_QUEUED) {
      drop();
    }
    byte[] chunk = share.take(Use.URGENT_WRITE);
    if (chunk == null) {
      dropped++;
      return false;
    }
    System.arraycopy(from, at, chunk, 0, length);
    chunks.addLast(chunk);
    lengths.addLast(length);
    return true;
  }

  public boolean isEmpty() {
    return chunks.isEmpty();
  }

  /// The length of the next one.
  public int nextLength() {
    return lengths.getFirst();
  }

  /// Takes the next one out, into a place that has room for it.
  ///
  /// @return its length
  public int take(byte[] to, int at) {
    int length = lengths.removeFirst();
    byte[] chunk = chunks.removeFirst();
    System.arraycopy(chunk, 0, to, at, length);
    share.give(chunk);
    return length;
  }

  /// Drops the next one: because it does not fit the path any more, or is too old.
  public void drop() {
    lengths.removeFirst();
    share.give(chunks.removeFirst());
    dropped++;
  }

  /// How many were dropped instead of sent.
  public long dropped() {
    return dropped;
  }

  public void close() {
    while (!isEmpty()) {
      drop();
    }
  }
}
