package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.world.SimulatedInternet;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedNat.Filtering;
import dev.knothole.client.world.SimulatedNat.Mapping;
import dev.knothole.client.world.SimulatedNat.Ports;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Two clients of ours and a relay of ours, in all weathers.
final class PrivateWorldTest {
  private static final Behaviour SYMMETRIC =
      new Behaviour(
          Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT, Ports.RANDOM);

  private static PeerTalk.Text text(long number, String content) {
    return new PeerTalk.Text(
        MessageId.random(new SplittableRandom(number)), number, PeerTalk.Kind.SAID, content);
  }

  @Test
  void both_sign_in_over_links_and_remember_the_relay() {
    var homes = PrivateHomes.inFairWeather(1).online();
    assertEquals(
        1, homes.alice.events().stream().filter(PeerEvent.RelayPinned.class::isInstance).count());
    assertTrue(homes.alice.nat() instanceof NatState.Seen);
  }

  @Test
  void a_stranger_who_was_not_answered_learns_no_address() {
    var homes = PrivateHomes.inFairWeather(2).online();
    homes.alice.connect(homes.bob);
    homes.await(() -> homes.alice.link(homes.bob.id()) instanceof Link.Ringing, "it rings");
    homes.world.runFor(Duration.ofSeconds(20));
    assertTrue(homes.alice.link(homes.bob.id()) instanceof Link.Ringing);
    homes.bob.input(new PeerInput.Reject(homes.alice.name()));
    homes.await(
        () -> homes.alice.isClosed(homes.bob.id(), Link.Reason.REJECTED), "alice is told no");
    assertFalse(homes.bob.knows(homes.alice.id()));
  }

  @Test
  void a_chat_begins_over_the_relay_and_becomes_direct() {
    var homes = PrivateHomes.inFairWeather(3).chatting();
    assertTrue(homes.alice.everReported(homes.bob.id(), Link.Private.class));
    homes.await(homes::bothDirect, "both are direct");
    homes.alice.tell(homes.bob, text(1, "hello"));
    homes.await(() -> !homes.bob.told(homes.alice).isEmpty(), "bob hears");
    assertEquals(List.of(text(1, "hello")), homes.bob.told(homes.alice));
  }

  @Test
  void who_hides_its_address_is_reached_through_the_relay_alone() {
    var homes = new PrivateHomes(4, Weather.FAIR, Behaviour.HOME, Behaviour.HOME, true).chatting();
    homes.world.runFor(Duration.ofSeconds(30));
    homes.alice.tell(homes.bob, text(1, "hello"));
    homes.await(() -> !homes.bob.told(homes.alice).isEmpty(), "bob hears");
    assertEquals(new Way.Relayed(), homes.alice.way(homes.bob).orElseThrow());
    assertEquals(new Way.Relayed(), homes.bob.way(homes.alice).orElseThrow());
  }

  @Test
  void behind_two_symmetric_nats_the_relay_carries() {
    var homes = new PrivateHomes(5, Weather.FAIR, SYMMETRIC, SYMMETRIC, false).chatting();
    homes.alice.tell(homes.bob, text(1, "hello"));
    homes.await(() -> !homes.bob.told(homes.alice).isEmpty(), "bob hears");
    homes.world.runFor(Duration.ofSeconds(30));
    assertEquals(new Way.Relayed(), homes.alice.way(homes.bob).orElseThrow());
  }

  @Test
  void a_direct_chat_outlives_the_relay() {
    var homes = PrivateHomes.inFairWeather(6).chatting();
    homes.await(homes::bothDirect, "both are direct");
    homes.relay.stop();
    homes.world.runFor(Duration.ofSeconds(60));
    homes.alice.tell(homes.bob, text(1, "still there?"));
    homes.bob.tell(homes.alice, text(2, "yes"));
    homes.await(
        () -> !homes.bob.told(homes.alice).isEmpty() && !homes.alice.told(homes.bob).isEmpty(),
        "both hear");
  }

  @Test
  void a_restarted_relay_is_found_again_and_so_is_the_peer() {
    var homes = PrivateHomes.inFairWeather(7).online();
    homes.relay.restart();
    homes.world.runFor(Duration.ofSeconds(60));
    assertTrue(homes.alice.isSignedIn() && homes.bob.isSignedIn(), homes::toString);
    homes.alice.connect(homes.bob);
    homes.bob.input(new PeerInput.Accept(homes.alice.name()));
    homes.bob.welcoming();
    homes.alice.connect(homes.bob);
    homes.await(() -> homes.alice.way(homes.bob).isPresent(), "there is a link");
  }

  @Test
  void what_is_said_arrives_whole_once_and_in_order_in_any_weather() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new SplittableRandom(seed);
      var weather =
          new Weather(
              Duration.ofMillis(random.nextInt(5, 80)),
              Duration.ofMillis(random.nextInt(0, 30)),
              random.nextDouble() * 0.15,
              random.nextDouble() * 0.1);
      var homes =
          new PrivateHomes(seed, weather, Behaviour.HOME, Behaviour.HOME, random.nextInt(4) == 0)
              .chatting();
      var said = new ArrayList<PeerTalk>();
      for (int i = 0; i < 40; i++) {
        var text = text(i, "line " + i);
        said.add(text);
        homes.alice.tell(homes.bob, text);
        homes.world.runFor(Duration.ofMillis(random.nextInt(0, 500)));
      }
      homes.await(() -> homes.bob.told(homes.alice).size() >= said.size(), "bob has it all");
      assertEquals(said, homes.bob.told(homes.alice), homes::toString);
    }
  }

  @Test
  void when_the_direct_way_dies_the_relay_takes_over_and_nothing_is_lost() {
    for (long seed = 100; seed < 130; seed++) {
      var homes = PrivateHomes.inFairWeather(seed).chatting();
      homes.await(homes::bothDirect, "both are direct");
      homes.world.runFor(Duration.ofSeconds(seed % 20));
      homes.part();
      var said = new ArrayList<PeerTalk>();
      for (int i = 0; i < 20; i++) {
        var text = text(i, "line " + i);
        said.add(text);
        homes.alice.tell(homes.bob, text);
        homes.world.runFor(Duration.ofMillis(100));
      }
      homes.await(() -> homes.bob.told(homes.alice).size() >= said.size(), "bob has it all");
      assertEquals(said, homes.bob.told(homes.alice));
      homes.await(
          () -> homes.alice.way(homes.bob).filter(Way.Relayed.class::isInstance).isPresent(),
          "alice knows that the relay carries");
      homes.world.mend();
      homes.await(homes::bothDirect, "both are direct again");
    }
  }

  @Test
  void a_way_that_works_is_kept_however_near_the_two_are() {
    for (long seed = 170; seed < 190; seed++) {
      var weather =
          new Weather(Duration.ofNanos(50_000 * (seed % 5 + 1)), Duration.ofNanos(200_000), 0, 0);
      var world = new SimulatedInternet(seed, weather);
      var relay = world.open(Endpoint.parse("127.0.0.1:3478"), SimulatedRelay::ours);
      var alice = neighbour(world, relay, "alice", 5000);
      var bob = neighbour(world, relay, "bob", 5001);
      world.runFor(Duration.ofSeconds(3));
      alice.connect(bob);
      for (int i = 0; i < 40; i++) {
        world.runFor(Duration.ofMillis(700));
        (i % 3 == 0 ? bob : alice).tell(i % 3 == 0 ? alice : bob, text(i, "line " + i));
      }
      assertEquals(2, ways(alice), () -> world + "\n" + alice.events());
      assertEquals(2, ways(bob), () -> world + "\n" + bob.events());
    }
  }

  private static SimulatedPeer neighbour(
      SimulatedInternet world, SimulatedRelay relay, String name, int port) {
    return world
        .open(Endpoint.parse("127.0.0.1:" + port), socket -> new SimulatedPeer(socket, name))
        .at(relay.address())
        .welcoming();
  }

  /// How many ways a peer's packets have gone, one after the other.
  private static long ways(SimulatedPeer peer) {
    var ways = new ArrayList<Way>();
    for (var event : peer.events()) {
      if (event instanceof PeerEvent.LinkChanged(_, Link.Private(_, var way, _))
          && (ways.isEmpty() || !ways.getLast().equals(way))) {
        ways.add(way);
      }
    }
    return ways.size();
  }

  @Test
  void a_direct_way_that_only_hiccuped_is_kept() {
    for (long seed = 150; seed < 170; seed++) {
      var homes = PrivateHomes.inFairWeather(seed).chatting();
      homes.await(homes::bothDirect, "both are direct");
      homes.world.runFor(Duration.ofSeconds(seed % 20));
      homes.part();
      homes.alice.tell(homes.bob, text(1, "hello"));
      homes.world.runFor(Duration.ofMillis(300 + 10 * (seed % 40)));
      int before = homes.alice.events().size();
      homes.world.mend();
      homes.world.runFor(Duration.ofSeconds(10));
      assertEquals(List.of(text(1, "hello")), homes.bob.told(homes.alice));
      var after = homes.alice.events().subList(before, homes.alice.events().size());
      assertFalse(
          after.stream().anyMatch(event -> event.toString().contains("Relayed")), homes::toString);
      assertTrue(homes.bothDirect(), homes::toString);
    }
  }

  @Test
  void a_peer_that_was_started_anew_is_found_again() {
    for (long seed = 200; seed < 220; seed++) {
      var homes = PrivateHomes.inFairWeather(seed).chatting();
      homes.world.runFor(Duration.ofSeconds(seed % 15));
      homes.bobStartsAnew();
      homes.await(() -> homes.bob.isSignedIn(), "bob is back");
      homes.alice.tell(homes.bob, text(1, "lost with the link, or not"));
      homes.await(
          () -> homes.bob.way(homes.alice).isPresent() && homes.alice.way(homes.bob).isPresent(),
          "there is another link");
      homes.alice.tell(homes.bob, text(2, "hello again"));
      homes.await(() -> homes.bob.told(homes.alice).contains(text(2, "hello again")), "heard");
    }
  }

  @Test
  void a_name_stays_with_its_key() {
    var homes = PrivateHomes.inFairWeather(8).online();
    var thief = homes.thief("bob");
    homes.await(() -> thief.relay() instanceof RelayState.NameTaken, "the thief is told");
    assertTrue(homes.bob.isSignedIn());
    homes.bobStartsAnew();
    homes.await(homes.bob::isSignedIn, "bob is back under the name at once");
  }

  @Test
  void who_speaks_the_open_dialect_is_reached_without_encryption_after_a_question() {
    var homes = PrivateHomes.inFairWeather(10).online();
    var carol = new PlainClient(homes.relay.address(), "carol");
    homes.world.open(4000, carol::on);
    homes.world.runFor(Duration.ofSeconds(2));
    homes.alice.input(new PeerInput.Connect(carol.id()));
    homes.await(() -> homes.alice.isOpen(carol.id()), "they talk");
    assertTrue(homes.alice.wasAskedFor(carol.id()), homes::toString);
  }

  @Test
  void who_speaks_the_open_dialect_may_call_and_waits_for_a_yes() {
    var homes = PrivateHomes.inFairWeather(11).online();
    var carol = new PlainClient(homes.relay.address(), "carol");
    homes.world.open(4000, carol::on);
    homes.world.runFor(Duration.ofSeconds(2));
    carol.say(homes.relay.address(), new Message.Connect(homes.alice.name()));
    homes.world.runFor(Duration.ofSeconds(5));
    assertTrue(homes.alice.events().contains(new PeerEvent.CallingPlainly(new Username("carol"))));
    assertFalse(homes.alice.knows(carol.id()), homes::toString);
    homes.alice.input(new PeerInput.Accept(new Username("carol")));
    homes.await(() -> homes.alice.isOpen(carol.id()), "they talk");
  }

  @Test
  void nobody_of_the_open_dialect_gets_or_shadows_a_name_that_a_key_owns() {
    var homes = PrivateHomes.inFairWeather(12).online();
    var thief = new PlainClient(homes.relay.address(), "bob");
    homes.world.open(4000, thief::on);
    homes.bob.welcoming();
    homes.world.runFor(Duration.ofSeconds(10));
    homes.alice.connect(homes.bob);
    homes.await(() -> homes.alice.way(homes.bob).isPresent(), "alice reaches the real bob");
    homes.bob.crash();
    homes.world.runFor(Duration.ofMinutes(3));
    homes.alice.connect(homes.bob);
    homes.world.runFor(Duration.ofSeconds(20));
    assertFalse(homes.alice.wasAskedFor(homes.bob.id()), homes::toString);
    assertFalse(homes.alice.isOpen(homes.bob.id()), homes::toString);
  }

  @Test
  void a_relay_of_another_key_gets_no_word_until_it_is_trusted() {
    var homes = PrivateHomes.inFairWeather(13).online();
    homes.relay.becomeAnother();
    homes.await(() -> homes.alice.relay() instanceof RelayState.KeyChanged, "alice is warned");
    homes.world.runFor(Duration.ofMinutes(2));
    assertTrue(homes.alice.relay() instanceof RelayState.KeyChanged, homes::toString);
    var seen = ((RelayState.KeyChanged) homes.alice.relay()).seen();
    homes.alice.input(new PeerInput.PinRelay(homes.relay.address(), seen));
    homes.await(homes.alice::isSignedIn, "alice trusts it");
  }

  @Test
  void two_machines_with_one_key_do_not_take_the_name_from_each_other_for_ever() {
    var homes = PrivateHomes.inFairWeather(15).online();
    var first = homes.bob;
    var second = homes.secondBob();
    homes.await(second::isSignedIn, "the second bob is there");
    homes.await(() -> first.relay() instanceof RelayState.Superseded, "the first is told");
    homes.world.runFor(Duration.ofMinutes(5));
    assertTrue(first.relay() instanceof RelayState.Superseded && second.isSignedIn());
    first.input(new PeerInput.SignIn(first.name()));
    homes.await(first::isSignedIn, "the first takes the name back");
    homes.await(() -> second.relay() instanceof RelayState.Superseded, "the second is told");
  }

  @Test
  void when_a_relay_dies_the_next_of_the_list_is_taken_and_people_meet_there() {
    for (long seed = 20; seed < 30; seed++) {
      var homes = PrivateHomes.inFairWeather(seed);
      var other = homes.world.open(3478, SimulatedRelay::ours);
      homes.alice.at(homes.relay.address(), other.address());
      homes.bob.at(homes.relay.address(), other.address()).welcoming();
      homes.await(() -> homes.alice.isSignedIn() && homes.bob.isSignedIn(), "both are there");
      homes.world.runFor(Duration.ofSeconds(seed));
      homes.relay.stop();
      homes.await(
          () ->
              homes.alice.isSignedInAt(other.address()) && homes.bob.isSignedInAt(other.address()),
          "both are at the other relay");
      homes.alice.connect(homes.bob);
      homes.await(() -> homes.alice.way(homes.bob).isPresent(), "they meet there");
    }
  }

  @Test
  void idle_clients_say_nothing_but_one_sign_of_life_to_the_relay() {
    var homes = PrivateHomes.inFairWeather(9).chatting();
    homes.await(homes::bothDirect, "both are direct");
    homes.world.runFor(Duration.ofMinutes(10));
    long before = homes.world.sent();
    homes.world.runFor(Duration.ofMinutes(10));
    long sent = homes.world.sent() - before;
    // A ping every 18 to 22 s, its acknowledgement, and now and then an acknowledgement of that.
    assertTrue(sent <= 2 * 34 * 4, sent + " datagrams");
    homes.alice.tell(homes.bob, text(1, "still there?"));
    homes.await(() -> !homes.bob.told(homes.alice).isEmpty(), "bob hears");
  }
}
