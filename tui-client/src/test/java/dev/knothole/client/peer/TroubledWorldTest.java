package dev.knothole.client.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedNat.Filtering;
import dev.knothole.client.world.SimulatedNat.Mapping;
import dev.knothole.client.world.SimulatedNat.Ports;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What goes wrong between people who are chatting, or are about to.
class TroubledWorldTest {
  private static final Behaviour OPEN =
      new Behaviour(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT, Ports.KEPT);

  private static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static TwoHomes stormy(long seed) {
    return new TwoHomes(seed, Weather.storm(0.1), Behaviour.HOME, Behaviour.HOME);
  }

  private static void later(TwoHomes homes, RandomGenerator random, int seconds) {
    homes.world.runFor(Duration.ofMillis(random.nextInt(seconds * 1000)));
  }

  /// The relay's word, late, doubled, or about where the peer was once.
  private static void introduce(TwoHomes homes, SimulatedPeer whom, Endpoint to, String name) {
    byte[] word = MessageJson.encode(new Message.PeerInfo(to, new Username(name)));
    homes.world.after(Duration.ofMillis(1), () -> whom.received(homes.relay.address(), word));
  }

  @Test
  void late_and_doubled_introductions_never_tear_an_open_path_down() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed).chatting();
              RandomGenerator random = homes.world.random();
              Link.Open open = (Link.Open) homes.alice.link(homes.bob.id());
              Endpoint nobody = Endpoint.parse("203.0.113.250:4000");
              for (int word = 0; word < 20; word++) {
                later(homes, random, 3);
                introduce(homes, homes.alice, random.nextBoolean() ? open.path() : nobody, "bob");
                homes.world.runFor(Duration.ofMillis(2));
                assertTrue(homes.alice.isOpen(homes.bob.id()), homes::toString);
              }
              homes.world.runFor(Duration.ofSeconds(12));
              Link.Open still = (Link.Open) homes.alice.link(homes.bob.id());
              assertEquals(open.path(), still.path(), homes::toString);
              homes.sayUntilHeard(homes.alice, homes.bob, "still here");
            });
  }

  @Test
  void somebody_who_takes_a_name_does_not_get_the_chat_that_is_held_under_it() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = TwoHomes.inFairWeather(seed).chatting();
              Link.Open open = (Link.Open) homes.alice.link(homes.bob.id());
              SimulatedPeer thief =
                  homes.world.open(4000, socket -> new SimulatedPeer(socket, "bob"));
              thief.at(homes.relay.address());
              thief.connect(homes.alice);
              homes.world.runFor(Duration.ofSeconds(20));
              Link.Open still = (Link.Open) homes.alice.link(homes.bob.id());
              assertEquals(open.path(), still.path(), homes::toString);
              homes.alice.say(homes.bob.id(), "for bob only");
              homes.world.runFor(Duration.ofSeconds(1));
              assertEquals(List.of("for bob only"), homes.bob.heard(homes.alice.id()).toList());
              assertEquals(List.of(), thief.heard(homes.alice.id()).toList());
            });
  }

  @Test
  void open_chats_and_new_ones_outlive_restarts_of_the_relay() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed);
              RandomGenerator random = homes.world.random();
              homes.world.after(Duration.ofMillis(random.nextInt(3000)), homes.relay::restart);
              homes.online();
              homes.alice.connect(homes.bob);
              homes.world.after(Duration.ofMillis(random.nextInt(1000)), homes.relay::restart);
              homes.world.runFor(Duration.ofSeconds(25));
              if (!homes.bothOpen()) {
                homes.alice.connect(homes.bob);
              }
              homes.await(homes::bothOpen, "they meet in the end");
              homes.relay.restart();
              homes.world.runFor(Duration.ofSeconds(60));
              homes.sayUntilHeard(homes.bob, homes.alice, "what relay?");
              assertTrue(homes.alice.isOnline(), homes::toString);
            });
  }

  @Test
  void a_peer_that_crashed_comes_back_under_its_name() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed).chatting();
              later(homes, homes.world.random(), 10);
              homes.bob.crash();
              later(homes, homes.world.random(), 10);
              homes.bob =
                  homes.bobsHome.open(
                      6000 + (int) seed, socket -> new SimulatedPeer(socket, "bob"));
              homes.bob.at(homes.relay.address());
              homes.await(homes.bob::isOnline, "bob is back");
              homes.bob.connect(homes.alice);
              homes.await(() -> homes.bob.isOpen(homes.alice.id()), "bob reaches alice");
              homes.sayUntilHeard(homes.bob, homes.alice, "sorry, crashed");
              homes.sayUntilHeard(homes.alice, homes.bob, "welcome back");
              assertEquals(1, homes.alice.links().size(), homes::toString);
            });
  }

  @Test
  void a_peer_that_comes_back_at_its_old_address_is_reached_there() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed).chatting();
              Endpoint local = homes.bob.local();
              homes.bob.crash();
              later(homes, homes.world.random(), 50);
              homes.bob = homes.bobsHome.open(local, socket -> new SimulatedPeer(socket, "bob"));
              homes.bob.at(homes.relay.address());
              homes.await(homes.bob::isOnline, "bob is back");
              homes.bob.connect(homes.alice);
              homes.await(homes::bothOpen, "both are open");
              homes.sayUntilHeard(homes.alice, homes.bob, "welcome back");
            });
  }

  @Test
  void a_peer_that_is_gone_is_silent_first_and_gone_after_a_minute() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed).chatting();
              homes.bob.crash();
              homes.world.runFor(Duration.ofSeconds(14));
              assertTrue(homes.alice.link(homes.bob.id()) instanceof Link.Silent, homes::toString);
              homes.world.runFor(Duration.ofSeconds(48));
              assertTrue(homes.alice.isClosed(homes.bob.id(), Link.Reason.GONE), homes::toString);
            });
  }

  @Test
  void goodbye_ends_the_chat_on_both_sides_though_it_may_be_lost() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = new TwoHomes(seed, Weather.storm(0.2), OPEN, Behaviour.HOME);
              homes.chatting();
              homes.alice.hangUp(homes.bob.id());
              assertTrue(
                  homes.alice.isClosed(homes.bob.id(), Link.Reason.HUNG_UP), homes::toString);
              homes.world.runFor(Duration.ofSeconds(70));
              assertTrue(
                  homes.bob.isClosed(homes.alice.id(), Link.Reason.GOODBYE)
                      || homes.bob.isClosed(homes.alice.id(), Link.Reason.GONE),
                  homes::toString);
              assertTrue(
                  homes.alice.isClosed(homes.bob.id(), Link.Reason.HUNG_UP), homes::toString);
              assertTrue(homes.alice.hasNothingOpen(), homes::toString);
              assertTrue(homes.bob.hasNothingOpen(), homes::toString);
            });
  }

  @Test
  void after_a_goodbye_the_two_may_meet_again_at_once() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed).chatting();
              homes.alice.hangUp(homes.bob.id());
              homes.await(() -> !homes.bob.isOpen(homes.alice.id()), "bob has noticed");
              homes.bob.connect(homes.alice);
              homes.await(homes::bothOpen, "they meet again");
            });
  }

  @Test
  void signing_off_says_goodbye_and_then_nothing_more() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = TwoHomes.inFairWeather(seed).chatting();
              homes.alice.input(new PeerInput.SignOff());
              long sent = homes.alice.sent();
              homes.world.runFor(Duration.ofSeconds(1));
              assertTrue(homes.bob.isClosed(homes.alice.id(), Link.Reason.GOODBYE));
              homes.world.runFor(Duration.ofMinutes(2));
              assertEquals(sent, homes.alice.sent());
            });
  }

  @Test
  void an_idle_hour_costs_a_bounded_number_of_packets() {
    TwoHomes homes = TwoHomes.inFairWeather(1).chatting();
    long before = homes.alice.sent();
    homes.world.runFor(Duration.ofHours(1));
    long pingsAndPongs = 2 * 3600 / 5;
    long keepalives = 3600 / 20;
    long spread = (pingsAndPongs + keepalives) / 8;
    long sent = homes.alice.sent() - before;
    assertTrue(sent < pingsAndPongs + keepalives + spread, sent + " packets");
    assertTrue(homes.bothOpen(), homes::toString);
  }

  @Test
  void without_a_chat_an_idle_hour_costs_the_keepalives_alone() {
    TwoHomes homes = TwoHomes.inFairWeather(1).online();
    long before = homes.alice.sent();
    homes.world.runFor(Duration.ofHours(1));
    assertTrue(homes.alice.sent() - before <= 3600 / 18, homes.alice.sent() + " packets");
  }

  @Test
  void a_flood_of_garbage_gets_no_reply_and_leaves_nothing_behind() {
    TwoHomes homes = TwoHomes.inFairWeather(1).chatting();
    RandomGenerator random = new SplittableRandom(1);
    long sent = homes.alice.sent();
    for (int i = 0; i < 10_000; i++) {
      byte[] garbage = new byte[random.nextInt(1500)];
      random.nextBytes(garbage);
      Endpoint from = Endpoint.parse("198.51." + i % 100 + "." + i % 250 + ":" + (1024 + i));
      homes.alice.received(from, random.nextBoolean() ? garbage : "\"Hello\"".getBytes(UTF_8));
    }
    assertEquals(sent, homes.alice.sent());
    assertEquals(10_000, homes.alice.dropped());
    assertTrue(homes.bothOpen());
  }

  @Test
  void a_flood_of_strangers_is_answered_a_bounded_number_of_times_and_opens_nothing() {
    TwoHomes homes = TwoHomes.inFairWeather(1).chatting();
    byte[] ping = MessageJson.encode(new Message.Ping());
    long sent = homes.alice.sent();
    for (int i = 0; i < 10_000; i++) {
      Endpoint from = Endpoint.parse("198.51." + i % 100 + "." + i % 250 + ":" + (1024 + i));
      homes.alice.received(from, ping);
    }
    assertTrue(homes.alice.sent() - sent <= 2 * Strangers.MAX_STRANGERS);
    homes.world.runFor(Duration.ofSeconds(40));
    assertEquals(1, homes.alice.links().size());
    assertTrue(homes.bothOpen());
  }

  @Test
  void when_the_relay_moves_its_place_the_next_in_the_list_is_used() {
    seeds()
        .forEach(
            seed -> {
              TwoHomes homes = stormy(seed);
              SimulatedRelay second = homes.world.open(3478, SimulatedRelay::foreign);
              homes.alice.at(homes.relay.address(), second.address());
              homes.bob.at(homes.relay.address(), second.address());
              later(homes, homes.world.random(), 20);
              homes.relay.stop();
              homes.world.runFor(Duration.ofSeconds(50));
              homes.alice.connect(homes.bob);
              homes.await(homes::bothOpen, "they meet through the second relay");
              assertFalse(homes.alice.relay() instanceof RelayState.Silent, homes.alice::toString);
            });
  }
}
