package dev.knothole.protocol.link.stream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The memory for everything written and not yet acknowledged, received and not yet read: one for
/// the process, shared by all connections, counted in chunks as they really lie in the heap.
///
/// Chunks given back are kept for the next taker: while much is in use as many as that, because a
/// fast transfer takes and gives all the time, and else [#MAX_IDLE]. Chunks in use and chunks kept
/// never exceed the size together.
///
/// Not synchronised. The three protected methods are all that its owners share: a shell that runs
/// connections on several threads overrides these with synchronized ones, and needs no other lock
/// on its account.
public class BufferBudget {
  public static final long DEFAULT_BYTES = 32L << 20;

  /// Three packets: a lone chat message wastes little, a file needs few.
  static final int CHUNK_BYTES = 4096;

  /// 1 MiB, which an idle process can spare.
  static final int MAX_IDLE = 256;

  private static final int MIN_CHUNKS = 16;

  private final int size;
  private final ArrayDeque<byte[]> pool = new ArrayDeque<>();
  private int used;

  public BufferBudget() {
    this(DEFAULT_BYTES);
  }

  /// @param bytes at least 64 KiB, so that every [Use] has a share
  public BufferBudget(long bytes) {
    if (bytes < (long) MIN_CHUNKS * CHUNK_BYTES || bytes / CHUNK_BYTES > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a budget of " + bytes + " bytes");
    }
    size = (int) (bytes / CHUNK_BYTES);
  }

  /// A chunk with any content, or null when the budget has none for this use.
  ///
  /// @param held how many chunks the owner has already
  protected byte @Nullable [] take(Use use, int held) {
    if (free(use, held) <= 0) {
      return null;
    }
    used++;
    byte[] pooled = pool.pollLast();
    return pooled == null ? new byte[CHUNK_BYTES] : pooled;
  }

  protected void give(byte[] chunk) {
    if (used == 0) {
      throw new AssertionError("more chunks came back than were taken");
    }
    used--;
    if (pool.size() < Math.min(Math.max(used, MAX_IDLE), size - used)) {
      pool.addLast(chunk);
    } else if (pool.size() > MAX_IDLE) {
      pool.removeLast();
    }
  }

  /// How many chunks an owner with so many could take for this use.
  protected int free(Use use, int held) {
    int left = use.of(size) - used;
    return use.fair ? (left - held + 1) / 2 : left;
  }

  public long usedBytes() {
    return (long) used * CHUNK_BYTES;
  }

  public long sizeBytes() {
    return (long) size * CHUNK_BYTES;
  }

  int pooled() {
    return pool.size();
  }
}
