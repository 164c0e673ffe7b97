package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceiveBufferTest {
  private static final byte[] CONTENT = new byte[60_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  /// Overlapping, doubled, reordered pieces and reads of any size; the reference is a bit for each
  /// byte that came.
  @Test
  void bytes_come_out_once_and_in_order_whatever_way_they_came_in() {
    for (long seed = 0; seed < 3_000; seed++) {
      try {
        reassemble(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void reassemble(Random random) {
    var budget = new BufferBudget((16L + random.nextInt(64)) * 4096);
    var buffer = new ReceiveBuffer(new Share(budget));
    int size = random.nextInt(CONTENT.length);
    var came = new BitSet();
    int read = 0;
    for (int steps = 0; !(buffer.isRead() && buffer.isSizeKnown()); steps++) {
      assertTrue(steps < 100_000, "a deadlock");
      int from = steps % 4 == 0 ? came.nextClearBit(0) : random.nextInt(size + 1);
      from = Math.min(from, size);
      int length = Math.min(size - from, random.nextInt(3_000));
      var piece = new Piece(0, from, length, from + length == size);
      var verdict = buffer.receive(piece, CONTENT, from, Priority.BULK);
      if (verdict == Verdict.ACCEPTED) {
        came.set(from, from + length);
      } else {
        assertEquals(Verdict.NO_ROOM, verdict);
      }
      assertEquals(came.nextClearBit(0), buffer.contiguous(), "what is in order");
      read = read(buffer, random.nextInt(4_000), read);
      assertTrue(budget.usedBytes() <= budget.sizeBytes());
    }
    assertEquals(size, read);
    assertEquals(0, budget.usedBytes());
  }

  private static int read(ReceiveBuffer buffer, int most, int before) {
    byte[] bytes = new byte[most + 2];
    int n = buffer.read(bytes, 1, most);
    assertArrayEquals(
        Arrays.copyOfRange(CONTENT, before, before + n), Arrays.copyOfRange(bytes, 1, n + 1));
    return before + n;
  }

  @Test
  void a_final_size_never_changes() {
    var buffer = new ReceiveBuffer(new Share(new BufferBudget()));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 100, 50, false));
    assertEquals(Verdict.FINAL_SIZE_ERROR, receive(buffer, 0, 149, true));
    assertEquals(Verdict.FINAL_SIZE_ERROR, buffer.reset(149));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 100, 100, true));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 0, 200, true));
    assertEquals(Verdict.FINAL_SIZE_ERROR, receive(buffer, 200, 1, false));
    assertEquals(Verdict.FINAL_SIZE_ERROR, receive(buffer, 0, 199, true));
    assertEquals(Verdict.FINAL_SIZE_ERROR, receive(buffer, 0, 201, true));
    assertEquals(Verdict.FINAL_SIZE_ERROR, buffer.reset(201));
    assertEquals(Verdict.ACCEPTED, buffer.reset(200));
  }

  @Test
  void pieces_apart_are_bounded_and_the_one_at_the_front_is_always_taken() {
    var budget = new BufferBudget();
    var buffer = new ReceiveBuffer(new Share(budget));
    for (int i = 1; i <= ReceiveBuffer.MAX_APART; i++) {
      assertEquals(Verdict.ACCEPTED, receive(buffer, 2L * i, 1, false));
    }
    assertEquals(Verdict.NO_ROOM, receive(buffer, 2L * ReceiveBuffer.MAX_APART + 2, 1, false));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 2L * ReceiveBuffer.MAX_APART + 1, 1, false));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 0, 2, false));
    assertEquals(Verdict.ACCEPTED, receive(buffer, 2L * ReceiveBuffer.MAX_APART + 3, 1, false));
    buffer.discard();
    assertEquals(0, budget.usedBytes());
  }

  private static Verdict receive(ReceiveBuffer buffer, long offset, int length, boolean fin) {
    return buffer.receive(new Piece(0, offset, length, fin), CONTENT, 0, Priority.NORMAL);
  }
}
