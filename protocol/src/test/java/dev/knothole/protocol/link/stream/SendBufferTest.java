package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SendBufferTest {
  /// The reference: all that was written in one array, and a bit for each byte that the peer has.
  private static final class Run {
    final Random random;
    final BufferBudget budget = new BufferBudget(256 << 10);
    final SendBuffer buffer = new SendBuffer(new Share(budget));
    final byte[] written = new byte[300_000];
    final List<Piece> inFlight = new ArrayList<>();
    final List<Piece> countedAsLost = new ArrayList<>();
    final BitSet acknowledged = new BitSet();
    int end;
    long limit;
    long sent;

    Run(long seed) {
      random = new Random(seed);
      random.nextBytes(written);
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> write();
        case 2, 3, 4 -> take(1 + random.nextInt(1500));
        case 5 -> limit += random.nextInt(10_000);
        case 6 -> acknowledge(random.nextInt(10) == 0 ? countedAsLost : inFlight);
        default -> lose();
      }
      assertEquals(end - acknowledged.nextClearBit(0), buffer.buffered());
    }

    private void write() {
      int offered = Math.min(random.nextInt(9_000), written.length - end);
      int n = buffer.write(written, end, offered, 100_000, Use.WRITE);
      assertTrue(n >= 0 && n <= offered);
      end += n;
      assertTrue(buffer.buffered() <= 100_000);
    }

    boolean take(int room) {
      boolean wasLost = buffer.wantsToSend() && !buffer.needsCredit();
      var piece = buffer.next(0, room, limit);
      if (piece == null) {
        return false;
      }
      assertTrue(piece.length() <= room && piece.end() <= end, "a piece within bounds");
      assertTrue(piece.end() <= limit, "a piece within the credit");
      assertTrue(wasLost || piece.offset() == sent, "new bytes follow what was sent");
      sent = Math.max(sent, piece.end());
      byte[] bytes = new byte[piece.length()];
      buffer.copy(piece.offset(), bytes, 0, bytes.length);
      assertArrayEquals(
          Arrays.copyOfRange(written, (int) piece.offset(), (int) piece.end()), bytes);
      int known = acknowledged.nextSetBit((int) piece.offset());
      assertTrue(known < 0 || known >= piece.end(), "what the peer has is not sent again");
      inFlight.add(piece);
      return true;
    }

    void acknowledge(List<Piece> from) {
      if (!from.isEmpty()) {
        var piece = from.remove(random.nextInt(from.size()));
        acknowledged.set((int) piece.offset(), (int) piece.end());
        buffer.acknowledge(piece);
      }
    }

    private void lose() {
      if (!inFlight.isEmpty()) {
        var piece = inFlight.remove(random.nextInt(inFlight.size()));
        countedAsLost.add(piece);
        buffer.lose(piece);
      }
    }

    void bringToAnEnd() {
      buffer.finish();
      limit = written.length;
      while (!buffer.isAcknowledged()) {
        while (take(1500)) {}
        assertFalse(inFlight.isEmpty(), "nothing to send and not all acknowledged");
        acknowledge(inFlight);
      }
      assertEquals(end, acknowledged.cardinality(), "every byte acknowledged");
      assertEquals(0, budget.usedBytes());
    }
  }

  @Test
  void every_byte_goes_out_until_it_is_acknowledged_and_not_after() {
    for (long seed = 0; seed < 2_000; seed++) {
      try {
        var run = new Run(seed);
        int steps = run.random.nextInt(200);
        for (int i = 0; i < steps; i++) {
          run.step();
        }
        run.bringToAnEnd();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  void a_reset_tells_what_was_sent_and_lets_go_of_everything() {
    var budget = new BufferBudget();
    var buffer = new SendBuffer(new Share(budget));
    assertEquals(10_000, buffer.write(new byte[10_000], 0, 10_000, 1 << 20, Use.WRITE));
    assertEquals(new Piece(4, 0, 3_000, false), buffer.next(4, 3_000, 1 << 20));
    assertEquals(3_000, buffer.reset());
    assertEquals(0, budget.usedBytes());
    assertFalse(buffer.wantsToSend());
  }

  @Test
  void a_lost_end_is_sent_again_alone() {
    var buffer = new SendBuffer(new Share(new BufferBudget()));
    buffer.finish();
    var end = new Piece(0, 0, 0, true);
    assertEquals(end, buffer.next(0, 100, 0));
    assertFalse(buffer.wantsToSend());
    buffer.lose(end);
    assertEquals(end, buffer.next(0, 100, 0));
    buffer.acknowledge(end);
    assertTrue(buffer.isAcknowledged());
  }
}
