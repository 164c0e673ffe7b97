package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

final class ReceiveWindowTest {
  private static final long WINDOW = 64_000;
  private static final long MILLISECOND = 1_000_000;

  @Test
  void a_steady_sender_gets_two_thirds_of_a_window_through_in_each_round_trip() {
    var window = new ReceiveWindow(WINDOW, WINDOW, WINDOW, 0);
    long oneWay = 20;
    long step = WINDOW * 2 / 3 / (2 * oneWay);
    // What the sender knows now is the last of these; what arrives now was sent before it.
    var limits = new ArrayDeque<Long>();
    for (int i = 0; i < oneWay; i++) {
      limits.add(WINDOW);
    }
    long sent = 0;
    for (int ms = 0; ms < 1000; ms++) {
      long known = limits.remove();
      assertTrue(sent + step <= known, "held back after " + ms + " ms");
      sent += step;
      if (ms >= oneWay) {
        window.consume(step);
        window.raise(WINDOW, 2 * oneWay * MILLISECOND, ms * MILLISECOND);
      }
      limits.add(window.limit());
    }
  }

  @Test
  void nothing_is_said_before_a_quarter_is_used() {
    var window = new ReceiveWindow(WINDOW, WINDOW, WINDOW, 0);
    window.consume(WINDOW / 4 - 1);
    assertFalse(window.raise(WINDOW, MILLISECOND, 0));
    window.consume(1);
    assertTrue(window.raise(WINDOW, MILLISECOND, 0));
    assertEquals(WINDOW + WINDOW / 4, window.limit());
  }
}
