package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CubicTest {
  private static final int SIZE = 1000;
  private static final long RTT = 100 * MILLISECOND;
  private final Cubic cubic = new Cubic(SIZE);
  private long delivered;

  @Test
  void it_begins_with_ten_packets_and_doubles() {
    assertEquals(10 * SIZE, cubic.window());
    ack(10, RTT, 0);
    assertEquals(20 * SIZE, cubic.window());
  }

  @Test
  void a_loss_takes_three_tenths_and_only_once_per_round_trip() {
    ack(90, RTT, 0);
    lose(RTT, 2 * RTT);
    assertEquals(70 * SIZE, cubic.window());
    lose(RTT + 1, 2 * RTT + 1);
    assertEquals(70 * SIZE, cubic.window());
    lose(2 * RTT + 1, 3 * RTT);
    assertEquals(49 * SIZE, cubic.window());
  }

  @Test
  void k_is_the_cube_root_of_the_lost_ground_over_c() {
    assertEquals(0, Cubic.k(100, 100), 1e-9);
    assertEquals(Math.cbrt(30 / 0.4), Cubic.k(100, 70), 1e-9);
  }

  @Test
  void the_window_is_back_at_its_maximum_after_k_seconds() {
    ack(990, RTT, 0);
    lose(RTT, 2 * RTT);
    long start = 2 * RTT + 1;
    long k = (long) (Cubic.k(1000, 700) * SECOND);
    long before = cubic.window();
    for (long t = start; t < start + k; t += RTT / 10) {
      ack(cubic.window() / SIZE / 10, t + RTT, t);
      assertTrue(cubic.window() >= before, "it never shrinks without loss");
      before = cubic.window();
    }
    assertEquals(1000.0 * SIZE, (double) cubic.window(), 20 * SIZE);
    long half = cubic.window();
    for (long t = start + k; t < start + k + 2 * SECOND; t += RTT / 10) {
      ack(cubic.window() / SIZE / 10, t + RTT, t);
    }
    assertTrue(cubic.window() < half * 1.02, "it lingers at the plateau");
  }

  @Test
  void a_small_window_grows_at_least_as_fast_as_renos() {
    ack(10, RTT, 0);
    lose(RTT, 2 * RTT);
    long start = 2 * RTT + 1;
    double window = 14;
    for (int round = 0; round < 30; round++) {
      ack(cubic.window() / SIZE, start + (round + 1) * RTT, start + round * RTT);
      window += 3 * 0.3 / 1.7 * 0.9;
      assertTrue(cubic.window() >= window * SIZE, "round " + round);
    }
  }

  @Test
  void a_flow_that_loses_ground_leaves_room() {
    ack(990, RTT, 0);
    lose(RTT, 2 * RTT);
    lose(2 * RTT + 1, 3 * RTT);
    long start = 3 * RTT + 1;
    // W_max is 700 * (1 + 0.7) / 2 = 595, reached again after K.
    double k = Cubic.k(595, 490);
    for (long t = start; t < start + (long) (k * SECOND); t += RTT / 10) {
      ack(cubic.window() / SIZE / 10, t + RTT, t);
    }
    assertEquals(595.0 * SIZE, (double) cubic.window(), 12 * SIZE);
  }

  @Test
  void a_window_that_was_not_used_does_not_grow() {
    RateSample sample = sample(10, 0);
    sample.appLimited = true;
    cubic.acked(sample, RTT);
    assertEquals(10 * SIZE, cubic.window());
  }

  @Test
  void a_loss_that_was_none_is_taken_back() {
    ack(90, RTT, 0);
    lose(RTT, 2 * RTT);
    cubic.spuriousLoss(3 * RTT);
    assertEquals(100 * SIZE, cubic.window());
    cubic.spuriousLoss(3 * RTT);
    assertEquals(100 * SIZE, cubic.window());
  }

  @Test
  void persistent_congestion_leaves_two_packets() {
    ack(90, RTT, 0);
    cubic.persistentCongestion(RTT);
    assertEquals(2 * SIZE, cubic.window());
  }

  private void lose(long sentAt, long now) {
    LossSample loss = new LossSample();
    loss.sentAt = sentAt;
    loss.size = SIZE;
    cubic.lost(loss, now);
  }

  private void ack(long packets, long now, long sentAt) {
    cubic.acked(sample(packets, sentAt), now);
  }

  private RateSample sample(long packets, long sentAt) {
    RateSample sample = new RateSample();
    sample.acked = packets * SIZE;
    sample.priorDelivered = delivered;
    delivered += sample.acked;
    sample.totalDelivered = delivered;
    sample.sentAt = sentAt;
    sample.rtt = RTT;
    sample.smoothedRtt = RTT;
    return sample;
  }
}
