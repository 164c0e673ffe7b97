package dev.knothole.protocol.link.stream;

import org.jspecify.annotations.Nullable;

/// What one connection holds of the budget, in one direction.
final class Share {
  private final BufferBudget budget;
  private int held;

  Share(BufferBudget budget) {
    this.budget = budget;
  }

  byte @Nullable [] take(Use use) {
    byte[] chunk = budget.take(use, held);
    held += chunk == null ? 0 : 1;
    return chunk;
  }

  void give(byte[] chunk) {
    held--;
    budget.give(chunk);
  }

  boolean hasRoom(Use use) {
    return budget.free(use, held) > 0;
  }

  /// A promise to a peer is no reservation, so it stays well below what is free now.
  long promisable() {
    return Math.max(0, budget.free(Use.AHEAD, held)) * (long) BufferBudget.CHUNK_BYTES;
  }
}
