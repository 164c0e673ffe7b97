package dev.knothole.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.Message;
import dev.knothole.client.world.Place;
import dev.knothole.client.world.SimulatedInternet;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Two whole clients with disks, a relay of ours and two NATs in virtual time: keys in, screens and
/// disks out.
final class PrivateChatWorldTest {
  private static final Duration LONG = Duration.ofMinutes(12);
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");

  @Test
  void a_stranger_is_let_in_by_a_yes_and_what_is_said_is_delivered() {
    var world = new World(1, Weather.FAIR).online();
    world.alice.type("/connect bob\nhello bob\n");
    world.await(() -> world.alice.shows("bob has been asked"), "alice waits");
    world.await(() -> world.bob.shows("alice wants to talk to you. /accept"), "bob is asked");
    assertFalse(world.bob.shows("hello bob"));
    world.bob.type("/accept\n");
    world.await(() -> world.bob.shows("alice: hello bob"), "bob reads");
    world.await(() -> world.alice.shows("hello bob  (delivered)"), "alice is told");
    world.await(
        () -> world.alice.shows("[new]  encrypted") && world.bob.shows("[new]  encrypted"),
        "both see that it is encrypted");
    world.await(() -> world.alice.shows("A direct way was found"), "it becomes direct");
    assertFalse(world.alice.shows("not encrypted"), world::toString);
  }

  @Test
  void a_rejected_stranger_is_told_and_a_blocked_one_asks_in_vain() {
    var world = new World(2, Weather.FAIR).online();
    world.alice.type("/connect bob\n");
    world.await(() -> world.bob.shows("/accept"), "bob is asked");
    world.bob.type("/reject\n");
    world.await(() -> world.alice.shows("bob does not want to talk now"), "alice is told");
    world.alice.type("/connect bob\n");
    world.await(() -> world.alice.shows("bob ringing"), "it rings");
    world.internet.runFor(Duration.ofSeconds(3));
    world.bob.type("/block alice\n");
    world.await(() -> world.bob.shows("alice is blocked"), "done");
    world.internet.runFor(Duration.ofSeconds(5));
    world.alice.type("/connect bob\n");
    world.internet.runFor(Duration.ofSeconds(5));
    assertFalse(world.alice.shows("Connected to bob"), world::toString);
  }

  @Test
  void contacts_meet_again_without_a_question_and_are_known_then() {
    var world = new World(3, Weather.FAIR).chatting();
    world.restartAlice();
    world.restartBob();
    world.online();
    world.alice.type("/connect bob\n");
    world.await(() -> world.alice.shows("[known]  encrypted"), "alice knows bob");
    world.await(() -> world.bob.shows("alice"), "bob has alice in the list");
  }

  @Test
  void what_waits_for_a_peer_is_delivered_when_it_is_back_although_both_started_anew() {
    var world = new World(4, Weather.FAIR).chatting();
    world.bob.crash();
    world.alice.type("are you there?\nI will wait\n");
    world.internet.runFor(Duration.ofMinutes(3));
    world.restartAlice();
    world.await(() -> world.alice.shows("online as alice"), "alice is back");
    assertTrue(world.alice.shows("bob"), world::toString);
    world.internet.runFor(Duration.ofMinutes(1));
    world.restartBob();
    world.await(
        () -> world.theirs(world.bobs, ALICE).contains("I will wait"), "bob has it on disk");
    assertEquals(
        List.of("are you there?", "I will wait"), tail(world.theirs(world.bobs, ALICE), 2));
    world.await(() -> world.undelivered() == 0, "alice knows");
  }

  @Test
  void a_changed_key_is_said_loudly_and_nothing_is_sent_until_it_is_trusted() {
    var world = new World(5, Weather.FAIR).chatting();
    world.bob.crash();
    world.relay.restart();
    world.bobIsSomebodyElse();
    world.internet.runFor(Duration.ofMinutes(2));
    world.alice.type("/connect bob\n");
    world.await(
        () -> world.bob.shows("/accept") || world.alice.shows("HAS CHANGED"), "bob is asked");
    world.bob.type("/accept\n");
    world.await(() -> world.alice.shows("HAS CHANGED"), "alice is warned");
    world.alice.type("/msg bob a secret\n");
    assertTrue(world.alice.shows("Not sent: the key of bob has changed"), world::toString);
    world.internet.runFor(Duration.ofSeconds(30));
    assertFalse(world.theirs(world.bobs, ALICE).contains("a secret"));
    world.alice.type("/trust bob\n");
    world.await(() -> world.bob.shows("wants to talk") || world.bob.shows("encrypted"), "asked");
    world.bob.type("/accept\n");
    world.await(() -> world.alice.shows("[known]  encrypted"), "they talk");
  }

  @Test
  void a_full_disk_is_said_and_what_is_said_is_still_shown() {
    var world = new World(6, Weather.FAIR).chatting();
    world.bobs.disk().full(true);
    world.alice.type("can you read this?\n");
    world.await(() -> world.bob.shows("can you read this?"), "bob reads it");
    assertTrue(world.bob.shows("Messages are not being saved. The disk is full."));
    assertFalse(world.alice.shows("can you read this?  (delivered)"), world::toString);
  }

  @Test
  void in_every_weather_and_through_every_crash_nothing_is_lost_doubled_or_reordered() {
    for (long seed = 0; seed < Long.getLong("world.seeds", 60); seed++) {
      survive(seed);
    }
  }

  /// Both talk while either of them, or the relay, is started anew at random moments.
  private static void survive(long seed) {
    var random = new SplittableRandom(seed);
    var weather =
        new Weather(
            Duration.ofMillis(random.nextInt(5, 60)),
            Duration.ofMillis(random.nextInt(0, 40)),
            random.nextDouble() * 0.3,
            random.nextDouble() * 0.1);
    var world = new World(seed, weather).chatting();
    var byAlice = new ArrayList<String>(world.theirs(world.bobs, ALICE));
    var byBob = new ArrayList<String>(world.theirs(world.alices, BOB));
    for (int i = 0; i < 30; i++) {
      switch (random.nextInt(20)) {
        case 0 -> world.restartAlice();
        case 1 -> world.restartBob();
        case 2 -> world.relay.restart();
        case 3, 4, 5, 6, 7, 8, 9, 10, 11 -> {
          byAlice.add("a" + i);
          world.say(world.alice, "bob", "a" + i);
        }
        default -> {
          byBob.add("b" + i);
          world.say(world.bob, "alice", "b" + i);
        }
      }
      world.internet.runFor(Duration.ofMillis(random.nextInt(10, 3_000)));
    }
    world.internet.calmDown();
    world.internet.runUntil(
        () ->
            world.theirs(world.bobs, ALICE).size() >= byAlice.size()
                && world.theirs(world.alices, BOB).size() >= byBob.size(),
        LONG);
    assertEquals(byAlice, world.theirs(world.bobs, ALICE), world::toString);
    assertEquals(byBob, world.theirs(world.alices, BOB), world::toString);
    world.await(() -> world.undelivered() == 0, "both know");
  }

  private static List<String> tail(List<String> all, int count) {
    return all.subList(all.size() - count, all.size());
  }

  /// Alice and Bob at home, and a relay.
  private static final class World {
    final SimulatedInternet internet;
    final SimulatedRelay relay;
    private final Place alicesHome;
    private final Place bobsHome;
    WholeClient alice;
    WholeClient bob;
    WholeClient.Belongings alices;
    WholeClient.Belongings bobs;
    private int port = 5000;

    World(long seed, Weather weather) {
      internet = new SimulatedInternet(seed, weather);
      relay = internet.open(3478, SimulatedRelay::ours);
      alicesHome = internet.behind(Behaviour.HOME);
      bobsHome = internet.behind(Behaviour.HOME);
      alice = alicesHome.open(port, socket -> new WholeClient(socket, "alice", relay.address()));
      bob = bobsHome.open(port, socket -> new WholeClient(socket, "bob", relay.address()));
      alices = alice.belongings();
      bobs = bob.belongings();
    }

    World online() {
      await(() -> alice.shows("online as alice") && bob.shows("online as bob"), "both are online");
      return this;
    }

    /// They have met, and said hello.
    World chatting() {
      online();
      alice.type("/connect bob\nhello\n");
      await(() -> bob.shows("/accept"), "bob is asked");
      bob.type("/accept\n");
      await(() -> undelivered() == 0 && bob.shows("alice: hello"), "they talk");
      return this;
    }

    void say(WholeClient who, String to, String text) {
      who.type("/msg " + to + " " + text + "\n");
    }

    void restartAlice() {
      alice.crash();
      port++;
      alice =
          alicesHome.open(
              port, socket -> new WholeClient(socket, "alice", relay.address(), alices));
    }

    void restartBob() {
      bob.crash();
      port++;
      bob = bobsHome.open(port, socket -> new WholeClient(socket, "bob", relay.address(), bobs));
    }

    /// Somebody else comes under the name, where it is free.
    void bobIsSomebodyElse() {
      port++;
      bob = bobsHome.open(port, socket -> new WholeClient(socket, "bob", relay.address()));
      bobs = bob.belongings();
    }

    /// What is on this disk by this peer, in the order of arrival.
    List<String> theirs(WholeClient.Belongings disk, Username peer) {
      return disk.disk().of(peer).stream()
          .filter(message -> message.origin() instanceof Message.Origin.Theirs)
          .map(Message::text)
          .toList();
    }

    long undelivered() {
      return undelivered(alices, BOB) + undelivered(bobs, ALICE);
    }

    private static long undelivered(WholeClient.Belongings disk, Username peer) {
      return disk.disk().of(peer).stream()
          .filter(
              message ->
                  message.origin() instanceof Message.Origin.Ours(var delivery)
                      && delivery.compareTo(Delivery.DELIVERED) < 0)
          .count();
    }

    void await(BooleanSupplier condition, String what) {
      assertTrue(internet.runUntil(condition, LONG), () -> "not so, that " + what + ": " + this);
    }

    @Override
    public String toString() {
      return internet + "\n" + alice.screen() + "\n----\n" + bob.screen();
    }
  }
}
