package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.knothole.client.peer.OpenPath.Input.Heard;
import dev.knothole.client.peer.OpenPath.Input.Measure;
import dev.knothole.client.peer.OpenPath.Input.Tick;
import dev.knothole.client.peer.OpenPath.Output;
import dev.knothole.client.peer.OpenPath.Output.Changed;
import dev.knothole.client.peer.OpenPath.Output.Measured;
import dev.knothole.client.peer.OpenPath.Output.Said;
import dev.knothole.client.peer.OpenPath.Output.Send;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenPathTest {
  private static final Instant START = Instant.EPOCH;
  private static final Endpoint BOB = Endpoint.parse("203.0.113.2:4000");
  private static final Duration FIRST = Duration.ofMillis(80);

  private final OpenPath path =
      new OpenPath(BOB, Optional.of(FIRST), new Jitter(new SplittableRandom(1)), START);

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static Changed open(Duration rtt) {
    return new Changed(new Link.Open(BOB, Optional.of(rtt)));
  }

  @Test
  void a_ping_is_answered() {
    assertEquals(List.of(new Send(new Pong())), path.handle(new Heard(new Ping()), at(1)));
  }

  @Test
  void a_text_is_passed_on_and_a_punch_is_not() {
    assertEquals(List.of(new Said("hi")), path.handle(new Heard(new DirectMessage("hi")), at(1)));
    assertEquals(List.of(), path.handle(new Heard(DirectMessage.PUNCH), at(2)));
  }

  @Test
  void the_round_trip_time_is_smoothed_and_reported_when_its_milliseconds_change() {
    assertEquals(List.of(new Send(new Ping())), path.handle(new Measure(), at(0)));
    assertEquals(
        List.of(open(Duration.ofMillis(81)), new Measured(Duration.ofMillis(88))),
        path.handle(new Heard(new Pong()), at(88)));
    Instant next = path.wakeAt();
    path.handle(new Tick(), next);
    assertEquals(List.of(), path.handle(new Heard(new Pong()), next.plusMillis(82)));
  }

  @Test
  void what_the_user_measures_is_reported_though_it_is_the_same() {
    path.handle(new Measure(), at(0));
    assertEquals(List.of(new Measured(FIRST)), path.handle(new Heard(new Pong()), at(80)));
  }

  @Test
  void after_a_lost_ping_the_next_answer_is_not_believed() {
    path.handle(new Measure(), at(0));
    assertEquals(List.of(new Send(new Ping())), path.handle(new Measure(), at(2000)));
    assertEquals(List.of(new Send(new Ping())), path.handle(new Heard(new Pong()), at(2001)));
    assertEquals(List.of(new Measured(FIRST)), path.handle(new Heard(new Pong()), at(2081)));
  }

  @Test
  void an_answer_that_nobody_asked_for_measures_nothing() {
    assertEquals(List.of(), path.handle(new Heard(new Pong()), at(3)));
  }

  @Test
  void a_path_is_silent_after_twelve_seconds_and_gone_after_sixty() {
    List<Output> outputs = new ArrayList<>();
    while (path.wakeAt().isBefore(Instant.MAX)) {
      outputs.addAll(path.handle(new Tick(), path.wakeAt()));
    }
    outputs.removeIf(Send.class::isInstance);
    assertEquals(
        List.of(
            new Changed(new Link.Silent(BOB, START)),
            new Changed(new Link.Closed(Link.Reason.GONE))),
        outputs);
  }

  @Test
  void a_sign_of_life_opens_a_silent_path_again() {
    path.handle(new Tick(), at(12_000));
    assertEquals(
        List.of(open(FIRST), new Send(new Pong())), path.handle(new Heard(new Ping()), at(13_000)));
  }

  @Test
  void a_goodbye_ends_it() {
    assertEquals(
        List.of(new Changed(new Link.Closed(Link.Reason.GOODBYE))),
        path.handle(new Heard(new Goodbye()), at(1)));
    assertEquals(List.of(), path.handle(new Heard(new Ping()), at(2)));
    assertEquals(Instant.MAX, path.wakeAt());
  }
}
