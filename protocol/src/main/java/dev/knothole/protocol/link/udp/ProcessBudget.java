package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.stream.Use;
import org.jspecify.annotations.Nullable;

/// The memory that all sockets of the process share, each with a thread and a lock of its own.
final class ProcessBudget extends BufferBudget {
  static final BufferBudget SHARED = new ProcessBudget();

  private ProcessBudget() {}

  @Override
  protected synchronized byte @Nullable [] take(Use use, int held) {
    return super.take(use, held);
  }

  @Override
  protected synchronized void give(byte[] chunk) {
    super.give(chunk);
  }

  @Override
  protected synchronized int free(Use use, int held) {
    return super.free(use, held);
  }
}
