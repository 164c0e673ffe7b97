package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.peer.HolePuncher.Input.Heard;
import dev.knothole.client.peer.HolePuncher.Input.Named;
import dev.knothole.client.peer.HolePuncher.Input.Tick;
import dev.knothole.client.peer.HolePuncher.Output;
import dev.knothole.client.peer.HolePuncher.Output.AskAgain;
import dev.knothole.client.peer.HolePuncher.Output.GaveUp;
import dev.knothole.client.peer.HolePuncher.Output.Opened;
import dev.knothole.client.peer.HolePuncher.Output.Said;
import dev.knothole.client.peer.HolePuncher.Output.Send;
import dev.knothole.client.peer.HolePuncher.Side;
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

class HolePuncherTest {
  private static final Instant START = Instant.EPOCH;
  private static final Endpoint BOB = Endpoint.parse("203.0.113.2:4000");
  private static final Endpoint ELSEWHERE = Endpoint.parse("203.0.113.2:4001");

  private final HolePuncher puncher = puncher(Side.REQUESTER);

  private static HolePuncher puncher(Side side) {
    return new HolePuncher(side, new Jitter(new SplittableRandom(1)), START);
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  @Test
  void a_named_address_is_pinged_densely_at_first_and_then_every_second() {
    List<Output> outputs = new ArrayList<>(puncher.handle(new Named(BOB), START));
    List<Long> times = new ArrayList<>(List.of(0L));
    while (puncher.wakeAt().isBefore(START.plusMillis(2400))) {
      Instant now = puncher.wakeAt();
      outputs.addAll(puncher.handle(new Tick(), now));
      times.add(Duration.between(START, now).toMillis());
    }
    assertEquals(
        List.copyOf(outputs), outputs.stream().map(o -> new Send(BOB, new Ping())).toList());
    List<Integer> schedule = List.of(0, 30, 90, 200, 400, 800, 1500);
    assertEquals(schedule.size(), times.size(), times::toString);
    for (int i = 0; i < schedule.size(); i++) {
      assertEquals(schedule.get(i), times.get(i), schedule.get(i) * 0.11, times::toString);
    }
  }

  @Test
  void an_answer_from_the_named_address_opens_the_path_and_measures_it() {
    puncher.handle(new Named(BOB), START);
    assertEquals(
        List.of(new Opened(BOB, Optional.of(Duration.ofMillis(20)), List.of())),
        puncher.handle(new Heard(BOB, new Pong()), at(20)));
    assertEquals(List.of(), puncher.handle(new Tick(), at(11_000)));
  }

  @Test
  void an_answer_that_may_belong_to_either_of_two_pings_measures_nothing() {
    puncher.handle(new Named(BOB), START);
    puncher.handle(new Tick(), at(34));
    assertEquals(
        List.of(new Opened(BOB, Optional.empty(), List.of())),
        puncher.handle(new Heard(BOB, new Pong()), at(40)));
  }

  @Test
  void hearing_the_peer_alone_opens_nothing() {
    puncher.handle(new Named(BOB), START);
    assertEquals(
        List.of(new Send(BOB, new Pong())), puncher.handle(new Heard(BOB, new Ping()), at(5)));
    assertEquals(
        List.of(new Said("hi")), puncher.handle(new Heard(BOB, new DirectMessage("hi")), at(6)));
    assertEquals(List.of(), puncher.handle(new Heard(BOB, DirectMessage.PUNCH), at(7)));
    assertEquals(List.of(), puncher.handle(new Heard(BOB, new Goodbye()), at(8)));
  }

  @Test
  void a_ping_from_another_port_makes_a_candidate_at_once() {
    puncher.handle(new Named(BOB), START);
    assertTrue(puncher.mayBe(ELSEWHERE));
    assertEquals(
        List.of(new Send(ELSEWHERE, new Pong()), new Send(ELSEWHERE, new Ping())),
        puncher.handle(new Heard(ELSEWHERE, new Ping()), at(10)));
  }

  @Test
  void a_guess_opens_only_when_it_answers_alone_after_a_quiet_moment() {
    puncher.handle(new Named(BOB), START);
    puncher.handle(new Heard(ELSEWHERE, new Ping()), at(10));
    assertEquals(List.of(), puncher.handle(new Heard(ELSEWHERE, new Pong()), at(20)));
    assertEquals(List.of(), puncher.handle(new Tick(), at(519)));
    assertEquals(at(520), puncher.wakeAt());
    assertEquals(List.of(new Send(ELSEWHERE, new Ping())), puncher.handle(new Tick(), at(520)));
    assertEquals(
        List.of(new Opened(ELSEWHERE, Optional.of(Duration.ofMillis(10)), List.of(BOB))),
        puncher.handle(new Heard(ELSEWHERE, new Pong()), at(530)));
  }

  @Test
  void a_guess_that_does_not_answer_alone_is_none() {
    puncher.handle(new Named(BOB), START);
    puncher.handle(new Heard(ELSEWHERE, new Ping()), at(10));
    puncher.handle(new Heard(ELSEWHERE, new Pong()), at(20));
    List<Output> outputs = new ArrayList<>();
    while (puncher.wakeAt().isBefore(at(1721))) {
      outputs.addAll(puncher.handle(new Tick(), puncher.wakeAt()));
    }
    Send check = new Send(ELSEWHERE, new Ping());
    assertEquals(List.of(check, check, check), outputs.subList(0, 3));
    assertTrue(outputs.contains(new Send(BOB, new Ping())), outputs::toString);
  }

  @Test
  void the_named_address_wins_while_a_guess_is_checked() {
    puncher.handle(new Named(BOB), START);
    puncher.handle(new Heard(ELSEWHERE, new Ping()), at(10));
    puncher.handle(new Heard(ELSEWHERE, new Pong()), at(20));
    assertEquals(
        List.of(new Opened(BOB, Optional.of(Duration.ofMillis(300)), List.of())),
        puncher.handle(new Heard(BOB, new Pong()), at(300)));
  }

  @Test
  void an_answer_that_nobody_asked_for_opens_nothing() {
    puncher.handle(new Named(BOB), START);
    puncher.handle(new Heard(ELSEWHERE, new Pong()), at(10));
    assertEquals(at(33).getEpochSecond(), puncher.wakeAt().getEpochSecond());
    assertTrue(puncher.wakeAt().isBefore(at(40)), "nothing is being checked");
  }

  @Test
  void guesses_are_bounded() {
    puncher.handle(new Named(BOB), START);
    for (int port = 1; port <= 1000; port++) {
      puncher.handle(new Heard(new Endpoint(BOB.address(), port), new Ping()), at(1));
    }
    assertEquals(HolePuncher.MAX_CANDIDATES - 1, puncher.heardFrom().size());
  }

  @Test
  void the_requester_asks_again_while_nothing_is_heard_and_gives_up_after_ten_seconds() {
    List<Output> outputs = allUntilTheEnd(puncher(Side.REQUESTER));
    assertEquals(4, outputs.stream().filter(AskAgain.class::isInstance).count());
    assertEquals(new GaveUp(), outputs.getLast());
    assertEquals(1, outputs.stream().filter(GaveUp.class::isInstance).count());
  }

  @Test
  void the_target_asks_nobody() {
    List<Output> outputs = allUntilTheEnd(puncher(Side.TARGET));
    assertEquals(0, outputs.stream().filter(AskAgain.class::isInstance).count());
  }

  private static List<Output> allUntilTheEnd(HolePuncher puncher) {
    List<Output> outputs = new ArrayList<>(puncher.handle(new Named(BOB), START));
    while (puncher.wakeAt().isBefore(Instant.MAX)) {
      outputs.addAll(puncher.handle(new Tick(), puncher.wakeAt()));
    }
    return outputs;
  }
}
