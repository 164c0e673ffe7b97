package dev.knothole.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventBusTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final EventBus<String> bus = new EventBus<>(InstantSource.fixed(NOW));

  @Test
  void events_come_in_order_the_urgent_ones_first() throws InterruptedException {
    bus.offer("datagram 1");
    bus.offer("datagram 2");
    bus.postUrgently("key 1");
    bus.postUrgently("key 2");
    assertEquals(List.of("key 1", "key 2", "datagram 1", "datagram 2"), drain());
    assertTrue(bus.isEmpty());
  }

  @Test
  void a_due_timer_goes_before_everything() throws InterruptedException {
    bus.postUrgently("key");
    assertEquals(Optional.empty(), bus.next(NOW));
    assertEquals(Optional.of("key"), bus.next(LATER));
  }

  @Test
  void waiting_ends_when_the_time_has_come() throws InterruptedException {
    var real = new EventBus<String>(new MonotonicClock());
    var clock = new MonotonicClock();
    assertEquals(Optional.empty(), real.next(clock.instant().plus(Duration.ofMillis(20))));
  }

  @Test
  void what_is_offered_to_a_full_lane_is_dropped_and_the_other_lane_does_not_mind()
      throws InterruptedException {
    for (int i = 0; i < EventBus.CAPACITY; i++) {
      assertTrue(bus.offer("datagram " + i));
    }
    assertFalse(bus.offer("one too many"));
    assertTrue(bus.offerUrgently("key"));
    assertEquals(Optional.of("key"), bus.next(LATER));
    assertEquals(Optional.of("datagram 0"), bus.next(LATER));
    assertTrue(bus.offer("room again"));
  }

  @Test
  void what_is_important_finds_room_where_other_events_do_not() {
    for (int i = 0; i < 2 * EventBus.CAPACITY; i++) {
      boolean room = bus.offer("datagram " + i);
      assertTrue(room || bus.offerImportant("news " + i));
    }
    assertFalse(bus.offerImportant("one too many"));
  }

  @Test
  void who_posts_to_a_full_lane_waits_until_there_is_room() throws InterruptedException {
    int events = 3 * EventBus.CAPACITY;
    var producer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < events; i++) {
                    postUrgently("event " + i);
                  }
                });
    for (int i = 0; i < events; i++) {
      assertEquals(Optional.of("event " + i), bus.next(LATER));
    }
    producer.join();
  }

  private void postUrgently(String event) {
    try {
      bus.postUrgently(event);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> drain() throws InterruptedException {
    var events = new ArrayList<String>();
    while (!bus.isEmpty()) {
      bus.next(LATER).ifPresent(events::add);
    }
    return events;
  }
}
