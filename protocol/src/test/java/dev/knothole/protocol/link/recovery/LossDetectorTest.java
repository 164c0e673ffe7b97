package dev.knothole.protocol.link.recovery;

import static dev.knothole.protocol.link.recovery.RttEstimator.MILLISECOND;
import static dev.knothole.protocol.link.recovery.RttEstimator.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossDetectorTest implements LossDetector.Fates<String> {
  private static final int SIZE = 1000;
  private final Flight flight = new Flight(new Cubic(SIZE));
  private final LossDetector<String> detector = new LossDetector<>(flight, this);
  private final List<String> story = new ArrayList<>();

  @Test
  void three_packets_later_a_missing_one_is_lost() {
    send(0, 0);
    send(1, 0);
    send(2, 0);
    send(3, 0);
    ack(1, 2, 10 * MILLISECOND);
    assertEquals(List.of("acked 2", "acked 1"), story);
    ack(3, 3, 10 * MILLISECOND);
    assertEquals(List.of("acked 2", "acked 1", "acked 3", "lost 0"), story);
    assertEquals(0, flight.inFlight());
    assertEquals(LossDetector.NEVER, detector.nextTimeout());
  }

  @Test
  void nine_eighths_of_a_round_trip_later_a_missing_packet_is_lost() {
    send(0, 0);
    send(1, 0);
    ack(1, 1, 80 * MILLISECOND);
    assertEquals(90 * MILLISECOND, detector.nextTimeout());
    assertEquals(LossDetector.Timeout.NOTHING, detector.timeout(90 * MILLISECOND - 1));
    assertEquals(LossDetector.Timeout.LOSSES, detector.timeout(90 * MILLISECOND));
    assertEquals(List.of("acked 1", "lost 0"), story);
  }

  @Test
  void silence_asks_for_probes_with_growing_patience_and_loses_nothing() {
    send(0, 0);
    ack(0, 0, 40 * MILLISECOND);
    send(1, SECOND);
    long patience = (40 + 80 + 25) * MILLISECOND;
    long now = SECOND;
    for (int i = 0; i < 8; i++) {
      now += Math.min(patience << i, SECOND);
      assertEquals(now, detector.nextTimeout());
      assertEquals(LossDetector.Timeout.PROBE, detector.timeout(now));
    }
    assertEquals(List.of("acked 0"), story);
    ack(1, 1, now + 1);
    assertEquals(LossDetector.NEVER, detector.nextTimeout());
  }

  @Test
  void a_clock_that_leapt_is_no_round_trip() {
    send(0, 0);
    ack(0, 0, 40 * MILLISECOND);
    send(1, SECOND);
    send(2, SECOND);
    long awake = 7200 * SECOND;
    ack(2, 2, awake);
    assertEquals(40 * MILLISECOND, flight.rtt().smoothed());
    assertEquals(List.of("acked 0", "acked 2", "lost 1"), story);
  }

  @Test
  void however_long_the_round_trip_a_gap_is_asked_about_within_a_second() {
    send(0, 0);
    send(1, 0);
    ack(1, 1, 8 * SECOND);
    send(2, 8 * SECOND);
    assertEquals(9 * SECOND, detector.nextTimeout());
    assertEquals(LossDetector.Timeout.LOSSES, detector.timeout(9 * SECOND));
    send(3, 9 * SECOND);
    ack(3, 3, 17 * SECOND);
    send(4, 17 * SECOND);
    assertEquals(18 * SECOND, detector.nextTimeout());
    assertEquals(LossDetector.Timeout.PROBE, detector.timeout(18 * SECOND));
  }

  @Test
  void nothing_in_flight_asks_for_nothing_unless_told_to() {
    assertEquals(LossDetector.NEVER, detector.nextTimeout());
    detector.alwaysProbing(true, 5);
    assertEquals(5 + SECOND, detector.nextTimeout());
  }

  @Test
  void an_acknowledgment_of_what_was_never_sent_is_refused() {
    send(0, 0);
    assertFalse(detector.ackedRange(0, 1, 1));
    assertEquals(List.of(), story);
  }

  @Test
  void an_acknowledgment_that_repeats_itself_tells_nothing_new() {
    send(0, 0);
    send(1, 0);
    ack(0, 1, MILLISECOND);
    ack(0, 1, 9 * MILLISECOND);
    assertEquals(List.of("acked 1", "acked 0"), story);
    assertEquals(MILLISECOND, flight.rtt().latest());
  }

  @Test
  void when_all_losses_of_an_episode_prove_false_the_window_comes_back() {
    for (int i = 0; i < 8; i++) {
      send(i, i);
    }
    long before = flight.controller().window();
    ack(5, 5, 10 * MILLISECOND);
    assertTrue(flight.controller().window() < before);
    assertTrue(story.contains("lost 2"));
    ack(0, 2, 11 * MILLISECOND);
    assertTrue(flight.controller().window() >= before);
    assertEquals(
        List.of("acked 5", "lost 0", "lost 1", "lost 2", "late 2", "late 1", "late 0"), story);
  }

  @Test
  void a_path_that_reorders_is_given_more_patience() {
    for (int i = 0; i < 20; i++) {
      send(i, i);
    }
    ack(4, 4, 10 * MILLISECOND);
    ack(0, 3, 10 * MILLISECOND);
    story.clear();
    ack(9, 9, 10 * MILLISECOND);
    assertEquals(List.of("acked 9"), story, "four behind is no loss any more");
    ack(10, 10, 10 * MILLISECOND);
    assertEquals(List.of("acked 9", "acked 10", "lost 5"), story);
  }

  @Test
  void a_lost_mtu_probe_is_no_congestion() {
    detector.sentMtuProbe(0, 1400, "probe", 0);
    for (int i = 1; i < 5; i++) {
      send(i, i);
    }
    long before = flight.controller().window();
    ack(1, 4, 10 * MILLISECOND);
    assertTrue(story.contains("lost 0"));
    assertTrue(flight.controller().window() >= before);
    assertEquals(0, flight.inFlight());
  }

  @Test
  void seconds_without_delivery_are_persistent_congestion() {
    send(0, 0);
    ack(0, 0, 40 * MILLISECOND);
    for (int i = 1; i <= 20; i++) {
      send(i, 100 * MILLISECOND * i);
    }
    ack(20, 20, 2040 * MILLISECOND);
    // Two, and one more for the packet that has arrived.
    assertEquals(3 * SIZE, flight.controller().window());
  }

  @Test
  void packets_of_an_old_path_are_settled_but_teach_the_new_one_nothing() {
    send(0, 0);
    send(1, 0);
    Flight fresh = new Flight(new Cubic(SIZE));
    detector.switchTo(fresh);
    send(2, MILLISECOND);
    ack(1, 1, SECOND);
    assertFalse(fresh.rtt().hasSample());
    assertEquals(SIZE, fresh.inFlight());
    ack(2, 2, SECOND + MILLISECOND);
    assertEquals(SECOND, fresh.rtt().latest());
    assertEquals(0, fresh.inFlight());
    assertEquals(10 * SIZE + SIZE, fresh.controller().window());
    assertTrue(story.contains("lost 0"));
  }

  @Test
  void packets_whose_keys_are_gone_are_out_of_account_without_a_verdict() {
    for (int i = 0; i < 8; i++) {
      send(i, i);
    }
    ack(5, 5, 10 * MILLISECOND);
    story.clear();
    detector.abandon();
    assertEquals(0, flight.inFlight());
    assertEquals(0, detector.outstanding());
    assertEquals(LossDetector.NEVER, detector.nextTimeout());
    ack(0, 7, 20 * MILLISECOND);
    assertEquals(List.of(), story);
  }

  @Test
  void the_delivery_rate_is_that_of_the_path() {
    RateSample[] last = new RateSample[1];
    Flight watched = new Flight(new Watch(last));
    LossDetector<String> other = new LossDetector<>(watched, this);
    // One packet every millisecond, each acknowledged 20 ms later: a megabyte a second.
    for (int t = 0; t < 100; t++) {
      other.sent(t, SIZE, "", t * MILLISECOND);
      if (t >= 20) {
        other.ackedRange(t - 20, t - 20, t * MILLISECOND);
        other.ackedAll(t - 20, 0, t * MILLISECOND);
      }
    }
    assertEquals(1_000_000, last[0].rate, 50_000);
    assertEquals(20.0 * SIZE, (double) last[0].delivered, SIZE);
    assertFalse(last[0].appLimited);
  }

  /// A controller that only looks.
  private record Watch(RateSample[] last) implements CongestionController {
    @Override
    public void sent(int bytes, long inFlight, boolean appLimited, long now) {}

    @Override
    public void lost(LossSample loss, long now) {}

    @Override
    public void acked(RateSample sample, long now) {
      last[0] = sample;
    }

    @Override
    public void persistentCongestion(long now) {}

    @Override
    public void spuriousLoss(long now) {}

    @Override
    public void datagramSize(int bytes) {}

    @Override
    public long window() {
      return Long.MAX_VALUE;
    }

    @Override
    public long pacingRate() {
      return 0;
    }
  }

  private void send(long packet, long now) {
    detector.sent(packet, SIZE, "" + packet, now);
  }

  private void ack(long smallest, long largest, long now) {
    assertTrue(detector.ackedRange(smallest, largest, now));
    detector.ackedAll(largest, 0, now);
  }

  @Override
  public void acked(long packet, String content) {
    story.add("acked " + packet);
  }

  @Override
  public void lost(long packet, String content) {
    story.add("lost " + packet);
  }

  @Override
  public void late(long packet, String content) {
    story.add("late " + packet);
  }
}
