package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.world.Place;
import dev.knothole.client.world.SimulatedInternet;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedNat.Filtering;
import dev.knothole.client.world.SimulatedNat.Hairpin;
import dev.knothole.client.world.SimulatedNat.Mapping;
import dev.knothole.client.world.SimulatedNat.Ports;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Several peers at once, peers without a relay, and answers other than an introduction.
class ManyPeersWorldTest {
  private static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static void inStorms(Consumer<SimulatedInternet> story) {
    seeds().forEach(seed -> story.accept(new SimulatedInternet(seed, Weather.storm(0.1))));
  }

  private static void await(SimulatedInternet world, BooleanSupplier condition, String what) {
    if (!world.runUntil(condition, Duration.ofSeconds(60))) {
      throw new AssertionError(world + "not so, that " + what);
    }
  }

  private static SimulatedPeer home(
      SimulatedInternet world, SimulatedRelay relay, String name, Behaviour nat) {
    return world
        .behind(nat)
        .open(5000, socket -> new SimulatedPeer(socket, name))
        .at(relay.address());
  }

  private static SimulatedPeer outside(SimulatedInternet world, String name) {
    return world.open(4000, socket -> new SimulatedPeer(socket, name));
  }

  private static PeerId.At at(SimulatedPeer peer) {
    return new PeerId.At(peer.local());
  }

  @Test
  void three_peers_chat_with_each_other_all_at_once() {
    inStorms(
        world -> {
          var relay = world.open(3478, SimulatedRelay::foreign);
          var peers =
              List.of(
                  home(world, relay, "alice", Behaviour.HOME),
                  home(world, relay, "bob", Behaviour.HOME),
                  home(world, relay, "carol", Behaviour.HOME));
          await(world, () -> peers.stream().allMatch(SimulatedPeer::isOnline), "all online");
          peers.get(0).connect(peers.get(1));
          peers.get(1).connect(peers.get(2));
          peers.get(2).connect(peers.get(0));
          await(
              world,
              () ->
                  peers.stream()
                      .allMatch(
                          one ->
                              peers.stream()
                                  .filter(other -> other != one)
                                  .allMatch(other -> one.isOpen(other.id()))),
              "everybody chats with everybody");
        });
  }

  @Test
  void one_peer_asks_for_several_at_once_and_gets_them_all() {
    inStorms(
        world -> {
          var relay = world.open(3478, SimulatedRelay::foreign);
          var alice = home(world, relay, "alice", Behaviour.HOME);
          var others =
              List.of("bob", "carol", "dave", "erin").stream()
                  .map(name -> home(world, relay, name, Behaviour.HOME))
                  .toList();
          await(
              world,
              () -> alice.isOnline() && others.stream().allMatch(SimulatedPeer::isOnline),
              "all are online");
          others.forEach(alice::connect);
          await(
              world,
              () -> others.stream().allMatch(other -> alice.isOpen(other.id())),
              "alice reaches all");
        });
  }

  @Test
  void nobody_of_that_name_is_not_found() {
    inStorms(
        world -> {
          var relay = world.open(3478, SimulatedRelay::foreign);
          var alice = home(world, relay, "alice", Behaviour.HOME);
          var nobody = new PeerId.Named(new Username("nobody"));
          alice.input(new PeerInput.Connect(nobody));
          await(world, () -> alice.isClosed(nobody, Link.Reason.NOT_FOUND), "nobody is found");
        });
  }

  @Test
  void nobody_connects_to_himself() {
    var world = new SimulatedInternet(1, Weather.FAIR);
    var relay = world.open(3478, SimulatedRelay::foreign);
    var alice = home(world, relay, "alice", Behaviour.HOME);
    await(world, alice::isOnline, "online");
    long sent = alice.sent();
    alice.connect(alice);
    assertTrue(alice.isClosed(alice.id(), Link.Reason.NOT_FOUND));
    assertEquals(sent, alice.sent());
  }

  @Test
  void who_is_busy_for_seconds_is_busy_and_who_is_busy_for_a_moment_is_reached() {
    seeds()
        .forEach(
            seed -> {
              var world = new SimulatedInternet(seed, Weather.FAIR);
              var relay = world.open(3478, SimulatedRelay::foreign);
              var alice = home(world, relay, "alice", Behaviour.HOME);
              var bob = new PlainClient(relay.address(), "bob");
              var carol = new PlainClient(relay.address(), "carol");
              world.open(4000, bob::on);
              world.open(4000, carol::on);
              await(world, alice::isOnline, "online");
              bob.say(relay.address(), new Message.Connect(new Username("carol")));
              world.runFor(Registration.DECIDED_AFTER.multipliedBy(2));
              alice.input(new PeerInput.Connect(bob.id()));
              world.runFor(Duration.ofMillis(seed * 100));
              carol.say(relay.address(), new Message.SessionFinished());
              world.runFor(Duration.ofSeconds(10));
              if (seed <= 30) {
                assertTrue(alice.isOpen(bob.id()), world::toString);
              } else if (seed >= 32) {
                assertTrue(alice.isClosed(bob.id(), Link.Reason.BUSY), world::toString);
              }
            });
  }

  @Test
  void without_a_relay_asking_for_a_name_ends_after_ten_seconds() {
    var world = new SimulatedInternet(1, Weather.FAIR);
    var alice = outside(world, "alice").at(Endpoint.parse("203.0.113.200:3478"));
    var bob = new PeerId.Named(new Username("bob"));
    alice.input(new PeerInput.Connect(bob));
    world.runFor(Duration.ofMillis(9_900));
    assertTrue(alice.link(bob) instanceof Link.Asking);
    world.runFor(Duration.ofMillis(200));
    assertTrue(alice.isClosed(bob, Link.Reason.NO_RELAY));
  }

  @Test
  void a_program_of_the_dialect_that_sends_one_punch_and_answers_pings_is_reached() {
    inStorms(
        world -> {
          var relay = world.open(3478, SimulatedRelay::foreign);
          var alice = home(world, relay, "alice", Behaviour.HOME);
          var bob = new PlainClient(relay.address(), "bob");
          world.behind(Behaviour.HOME).open(4000, bob::on);
          world.calmDown();
          world.runFor(Duration.ofSeconds(5));
          alice.input(new PeerInput.Connect(bob.id()));
          await(world, () -> alice.isOpen(bob.id()), "alice reaches bob");
          assertEquals(List.of(), alice.heard(bob.id()).toList());
        });
  }

  @Test
  void two_peers_who_type_each_others_address_at_once_have_one_chat_each() {
    inStorms(
        world -> {
          var alice = outside(world, "alice");
          var bob = outside(world, "bob");
          alice.connect(bob.local());
          bob.connect(alice.local());
          await(world, () -> alice.isOpen(at(bob)) && bob.isOpen(at(alice)), "both are open");
          assertEquals(1, alice.links().size());
          assertEquals(1, bob.links().size());
        });
  }

  @Test
  void one_who_listens_is_reached_by_address_through_the_callers_nat() {
    seeds()
        .forEach(
            seed -> {
              var world = new SimulatedInternet(seed, Weather.storm(0.2));
              var bob = outside(world, "bob");
              var hard =
                  new Behaviour(
                      Mapping.ADDRESS_AND_PORT_DEPENDENT,
                      Filtering.ADDRESS_AND_PORT_DEPENDENT,
                      Ports.RANDOM);
              var alice = world.behind(hard).open(5000, socket -> new SimulatedPeer(socket, "a"));
              alice.connect(bob.local());
              await(world, () -> alice.isOpen(at(bob)), "alice reaches bob");
              await(
                  world,
                  () -> bob.links().values().stream().anyMatch(Link.Open.class::isInstance),
                  "bob is told");
              assertEquals(1, bob.links().size());
            });
  }

  @Test
  void an_address_where_nobody_listens_never_answers() {
    var world = new SimulatedInternet(1, Weather.FAIR);
    var alice = outside(world, "alice");
    Endpoint nowhere = Endpoint.parse("203.0.113.200:4000");
    alice.connect(nowhere);
    world.runUntilQuiet(Duration.ofSeconds(11));
    assertTrue(alice.isClosed(new PeerId.At(nowhere), Link.Reason.NEVER_ANSWERED));
  }

  @Test
  void a_chat_by_address_goes_on_under_the_name_that_is_asked_for() {
    var world = new SimulatedInternet(1, Weather.FAIR);
    var relay = world.open(3478, SimulatedRelay::foreign);
    var alice = outside(world, "alice").at(relay.address());
    var bob = outside(world, "bob").at(relay.address());
    alice.connect(bob.local());
    await(world, () -> alice.isOpen(at(bob)) && bob.isOpen(at(alice)), "both are open");
    alice.connect(bob);
    await(world, () -> alice.isOpen(bob.id()), "it has a name");
    assertTrue(alice.isClosed(at(bob), Link.Reason.HUNG_UP));
    assertFalse(bob.knows(alice.id()));
    alice.say(bob.id(), "hi");
    bob.say(at(alice), "hi yourself");
    world.runFor(Duration.ofSeconds(1));
    assertEquals(List.of("hi"), bob.heard(at(alice)).toList());
    assertEquals(List.of("hi yourself"), alice.heard(bob.id()).toList());
  }

  @Test
  void neighbours_behind_one_nat_meet_when_it_takes_the_hairpin_and_never_claim_to_otherwise() {
    for (Hairpin hairpin : Hairpin.values()) {
      inStorms(
          world -> {
            var relay = world.open(3478, SimulatedRelay::foreign);
            Place home =
                world.behind(
                    new Behaviour(
                        Mapping.ENDPOINT_INDEPENDENT,
                        Filtering.ADDRESS_DEPENDENT,
                        Ports.KEPT,
                        hairpin,
                        Duration.ofSeconds(30)));
            var alice = home.open(5000, socket -> new SimulatedPeer(socket, "alice"));
            var bob = home.open(5000, socket -> new SimulatedPeer(socket, "bob"));
            alice.at(relay.address());
            bob.at(relay.address());
            await(world, () -> alice.isOnline() && bob.isOnline(), "both are online");
            alice.connect(bob);
            world.runFor(Duration.ofSeconds(20));
            assertEquals(hairpin == Hairpin.YES, alice.isOpen(bob.id()), alice::toString);
            assertEquals(hairpin == Hairpin.YES, bob.isOpen(alice.id()), bob::toString);
          });
    }
  }

  @Test
  void clients_on_one_machine_do_not_take_each_other_for_somebody_else() {
    inStorms(
        world -> {
          var relay = world.open(Endpoint.parse("127.0.0.1:3478"), SimulatedRelay::foreign);
          var names = List.of("alice", "bob", "carol", "dave");
          var peers =
              names.stream()
                  .map(
                      name ->
                          world
                              .open(
                                  new Endpoint(
                                      relay.address().address(), 5000 + names.indexOf(name)),
                                  socket -> new SimulatedPeer(socket, name))
                              .at(relay.address()))
                  .toList();
          await(world, () -> peers.stream().allMatch(SimulatedPeer::isOnline), "all online");
          for (SimulatedPeer one : peers) {
            peers.stream().filter(other -> other != one).forEach(one::connect);
          }
          world.runFor(Duration.ofSeconds(30));
          for (SimulatedPeer one : peers) {
            for (SimulatedPeer other : peers) {
              if (one != other && one.link(other.id()) instanceof Link.Open(var path, _)) {
                assertEquals(other.local(), path, one::toString);
              }
            }
          }
          assertTrue(
              peers.stream()
                  .allMatch(
                      one ->
                          peers.stream()
                              .filter(other -> other != one)
                              .allMatch(other -> one.isOpen(other.id()))),
              peers::toString);
        });
  }
}
