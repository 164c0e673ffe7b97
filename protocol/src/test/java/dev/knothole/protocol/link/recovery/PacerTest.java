package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final int SIZE = 1000;
  private final Cubic cubic = new Cubic(SIZE);

  @Test
  void without_a_round_trip_everything_leaves_at_once() {
    Pacer pacer = new Pacer(cubic, SIZE, 0);
    for (int i = 0; i < 100; i++) {
      assertEquals(0, pacer.nextSend(SIZE, 0));
      pacer.sent(SIZE, 0);
    }
  }

  @Test
  void a_burst_leaves_at_once_and_then_the_rate_holds() {
    learnRate();
    Pacer pacer = new Pacer(cubic, SIZE, 0);
    long now = 0;
    int sent = 0;
    while (now < SECOND) {
      now = Math.max(now, pacer.nextSend(SIZE, now));
      pacer.sent(SIZE, now);
      sent++;
      assertTrue(sent * (double) SIZE <= cubic.pacingRate() * (now / 1e9) + 11.0 * SIZE);
    }
    assertEquals((double) cubic.pacingRate(), sent * (double) SIZE, 12 * SIZE);
  }

  @Test
  void an_idle_while_saves_up_no_more_than_a_burst() {
    learnRate();
    Pacer pacer = new Pacer(cubic, SIZE, 0);
    for (int i = 0; i < 10; i++) {
      assertEquals(100 * SECOND, pacer.nextSend(SIZE, 100 * SECOND));
      pacer.sent(SIZE, 100 * SECOND);
    }
    assertTrue(pacer.nextSend(SIZE, 100 * SECOND) > 100 * SECOND);
  }

  private void learnRate() {
    RateSample sample = new RateSample();
    sample.acked = SIZE;
    sample.sentAt = 1;
    sample.smoothedRtt = 100 * MILLISECOND;
    cubic.acked(sample, 0);
  }
}
