package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DatagramQueueTest {
  private final BufferBudget budget = new BufferBudget();
  private final DatagramQueue queue = new DatagramQueue(budget);

  @Test
  void one_too_many_pushes_the_oldest_out() {
    for (int i = 0; i < DatagramQueue.MAX_QUEUED + 3; i++) {
      assertTrue(queue.offer(new byte[] {9, (byte) i, 9}, 1, 1));
    }
    assertEquals(3, queue.dropped());
    byte[] bytes = new byte[3];
    for (int i = 3; i < DatagramQueue.MAX_QUEUED + 3; i++) {
      assertEquals(1, queue.nextLength());
      assertEquals(1, queue.take(bytes, 1));
      assertEquals(i, bytes[1]);
    }
    assertTrue(queue.isEmpty());
    assertEquals(0, budget.usedBytes());
  }

  @Test
  void what_is_too_long_is_refused() {
    int most = DatagramQueue.maxLength();
    assertTrue(queue.offer(new byte[most], 0, most));
    assertFalse(queue.offer(new byte[most + 1], 0, most + 1));
    queue.close();
    assertEquals(0, budget.usedBytes());
  }

  @Test
  void without_memory_it_is_dropped() {
    var small = new BufferBudget(64 << 10);
    var crowded = new DatagramQueue(small);
    int queued = 0;
    while (crowded.offer(new byte[1], 0, 1)) {
      queued++;
    }
    assertEquals(10, queued);
    assertEquals(1, crowded.dropped());
    crowded.close();
    assertEquals(0, small.usedBytes());
  }
}
