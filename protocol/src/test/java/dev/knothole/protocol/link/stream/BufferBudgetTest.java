package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BufferBudgetTest {
  private static final StreamLimits PEER = new StreamLimits(64 << 20, 64 << 20, 4);

  @Test
  void what_is_read_next_finds_room_where_what_is_written_does_not() {
    var budget = new BufferBudget(64 << 10);
    for (int i = 0; i < 14; i++) {
      assertNotNull(budget.take(Use.URGENT_IN_ORDER, 0));
    }
    for (var use : List.of(Use.WRITE, Use.URGENT_WRITE, Use.AHEAD, Use.IN_ORDER)) {
      assertNull(budget.take(use, 0), use.name());
    }
    assertNotNull(budget.take(Use.URGENT_IN_ORDER, 0));
    assertNotNull(budget.take(Use.URGENT_IN_ORDER, 0));
    assertNull(budget.take(Use.URGENT_IN_ORDER, 0));
    assertEquals(budget.sizeBytes(), budget.usedBytes());
  }

  @Test
  void many_writers_share_evenly_though_the_first_came_first() {
    var budget = new BufferBudget(8 << 20);
    var taken = new ArrayList<Integer>();
    byte[] much = new byte[8 << 20];
    for (int i = 0; i < 4; i++) {
      var streams = new Streams(Role.CLIENT, StreamLimits.DEFAULT, budget, (_, _) -> 10, 0);
      streams.start(PEER);
      long id = streams.open(Priority.BULK, 0).orElseThrow();
      taken.add(streams.write(id, much, 0, much.length));
      assertTrue(streams.hasWaitingWriters());
    }
    assertEquals(List.of(2 << 20, 1 << 20, 512 << 10, 256 << 10), taken);
  }

  @Test
  void a_writer_that_waits_for_memory_of_another_connection_is_woken() {
    var budget = new BufferBudget(64 << 10);
    var held = new ArrayList<byte[]>();
    for (int i = 0; i < 8; i++) {
      held.add(taken(budget));
    }
    var streams = new Streams(Role.CLIENT, StreamLimits.DEFAULT, budget, (_, _) -> 10, 0);
    streams.start(PEER);
    long id = streams.open(Priority.NORMAL, 0).orElseThrow();
    assertEquals(0, streams.write(id, new byte[10], 0, 10));
    assertNull(streams.nextEvent());
    assertTrue(streams.hasWaitingWriters());
    held.forEach(budget::give);
    assertEquals(new StreamEvent.RoomToWrite(id), streams.nextEvent());
    assertFalse(streams.hasWaitingWriters());
    assertEquals(10, streams.write(id, new byte[10], 0, 10));
  }

  @Test
  void chunks_come_back_from_the_pool_which_is_bounded() {
    var budget = new BufferBudget();
    var held = new ArrayList<byte[]>();
    for (int i = 0; i < 2 * BufferBudget.MAX_IDLE; i++) {
      held.add(taken(budget));
    }
    held.forEach(budget::give);
    assertEquals(0, budget.usedBytes());
    assertEquals(BufferBudget.MAX_IDLE, budget.pooled());
    taken(budget);
    assertEquals(BufferBudget.MAX_IDLE - 1, budget.pooled());
  }

  private static byte[] taken(BufferBudget budget) {
    byte[] chunk = budget.take(Use.URGENT_IN_ORDER, 0);
    assertNotNull(chunk);
    return chunk;
  }
}
