package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StreamsTest {
  private static final long MILLIS = 1_000_000;
  private static final StreamLimits LIMITS = new StreamLimits(100_000, 50_000, 2);

  private final BufferBudget budget = new BufferBudget();
  private final byte[] bytes = new byte[50_000];
  private final Streams server = new Streams(Role.SERVER, LIMITS, budget, (_, _) -> 10, 0);

  @Test
  void the_first_use_of_an_id_opens_all_lower_ones() {
    assertEquals(Verdict.ACCEPTED, receive(4, 0, 5, false));
    assertEquals(new StreamEvent.Opened(0), server.nextEvent());
    assertEquals(new StreamEvent.Opened(4), server.nextEvent());
    assertEquals(new StreamEvent.Arrived(4), server.nextEvent());
    assertNull(server.nextEvent());
  }

  @Test
  void ids_that_the_peer_may_not_use_are_violations() {
    assertEquals(Verdict.STREAM_LIMIT_ERROR, receive(8, 0, 1, false));
    assertEquals(Verdict.STREAM_LIMIT_ERROR, receive(2, 0, 1, false));
    assertEquals(Verdict.STREAM_STATE_ERROR, receive(1, 0, 1, false));
    assertEquals(0, server.size());
  }

  @Test
  void a_peer_that_sends_more_than_granted_is_refused() {
    assertEquals(Verdict.FLOW_CONTROL_ERROR, receive(0, 50_000, 1, false));
    assertEquals(Verdict.ACCEPTED, receive(0, 49_999, 1, false));
    assertEquals(Verdict.ACCEPTED, receive(4, 49_999, 1, false));
    server.start(LIMITS);
    long own = server.open(Priority.NORMAL, 0).orElseThrow();
    assertEquals(Verdict.FLOW_CONTROL_ERROR, receive(own, 0, 1, false));
  }

  @Test
  void a_stream_more_may_be_opened_when_one_is_over() {
    server.start(LIMITS);
    receive(0, 0, 0, true);
    assertEquals(Streams.END, server.read(0, bytes, 0, 10, 0));
    server.finish(0);
    var end = server.nextPiece(100);
    assertEquals(new Piece(0, 0, 0, true), end);
    assertNull(server.nextSignal());
    server.acknowledged(new Piece(0, 0, 0, true));
    assertEquals(new Signal.MaxStreams(3), server.nextSignal());
    assertEquals(0, server.size());
    assertEquals(Verdict.ACCEPTED, receive(8, 0, 1, false));
    assertEquals(Verdict.ACCEPTED, receive(0, 0, 0, true));
  }

  @Test
  void who_may_open_no_more_says_so_once() {
    server.start(LIMITS);
    assertEquals(OptionalLong.of(1), server.open(Priority.NORMAL, 0));
    assertEquals(OptionalLong.of(5), server.open(Priority.NORMAL, 0));
    assertEquals(OptionalLong.empty(), server.open(Priority.NORMAL, 0));
    assertEquals(new Signal.StreamsBlocked(2), server.nextSignal());
    assertNull(server.nextSignal());
  }

  @Test
  void a_peer_that_wants_no_more_gets_a_reset_with_its_code() {
    server.start(LIMITS);
    long id = server.open(Priority.NORMAL, 0).orElseThrow();
    server.write(id, bytes, 0, 500);
    assertEquals(new Piece(id, 0, 90, false), server.nextPiece(100));
    assertEquals(Verdict.ACCEPTED, server.received(new Signal.StopSending(id, 7), 0));
    assertEquals(new StreamEvent.Stopped(id, 7), server.nextEvent());
    assertEquals(new Signal.ResetStream(id, 7, 90), server.nextSignal());
    assertEquals(Streams.GONE, server.write(id, bytes, 0, 500));
    assertEquals(0, budget.usedBytes());
  }

  @Test
  void a_window_used_up_within_two_round_trips_doubles_and_a_slow_one_does_not() {
    assertEquals(126_000, limitAfterReadingHalf(1));
    assertEquals(76_000, limitAfterReadingHalf(1_000));
  }

  private long limitAfterReadingHalf(long millis) {
    var streams = new Streams(Role.SERVER, LIMITS, budget, (_, _) -> 10, 0);
    streams.roundTrip(20 * MILLIS);
    streams.received(new Piece(0, 0, 26_000, false), bytes, 0, 0);
    assertEquals(26_000, streams.read(0, bytes, 0, bytes.length, millis * MILLIS));
    return Stream.generate(streams::nextSignal)
        .takeWhile(Objects::nonNull)
        .filter(Signal.MaxStreamData.class::isInstance)
        .map(Signal.MaxStreamData.class::cast)
        .findFirst()
        .orElseThrow()
        .limit();
  }

  @Test
  void when_memory_is_low_windows_shrink_to_their_floor() {
    while (budget.take(Use.AHEAD, 0) != null) {}
    receive(0, 0, 26_000, false);
    receive(0, 26_000, 20_000, false);
    assertEquals(46_000, server.read(0, bytes, 0, bytes.length, MILLIS));
    assertEquals(new Signal.MaxStreamData(0, 62_384), server.nextSignal());
  }

  @Test
  void an_idle_stream_holds_no_memory() {
    server.start(LIMITS);
    receive(0, 0, 10, false);
    server.write(0, bytes, 0, 10);
    assertEquals(2 * 4096, budget.usedBytes());
    server.read(0, bytes, 0, 10, 0);
    var piece = server.nextPiece(100);
    assertEquals(new Piece(0, 0, 10, false), piece);
    server.acknowledged(new Piece(0, 0, 10, false));
    assertEquals(0, budget.usedBytes());
    assertFalse(server.hasWork());
  }

  private Verdict receive(long stream, long offset, int length, boolean fin) {
    return server.received(new Piece(stream, offset, length, fin), bytes, 0, 0);
  }
}
