package dev.knothole.client;

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
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Two whole clients, a relay and two NATs in virtual time: keys in, screens out.
final class WorldTest {
  private static final List<Filtering> EVERY_FILTERING = List.of(Filtering.values());
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void what_alice_types_is_what_bob_reads() {
    var world = new World(1, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.meet();
    world.alice.type("hi\n");
    world.await(() -> world.bob.shows("alice: hi"), "bob reads it");
    world.await(() -> world.bob.shows("alice direct 40 ms"), "bob has measured the way");
    assertEquals(
        """
         alice  not encrypted: anybody on the way can read along
        1 knothole   │
        2 +alice     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │
                     │00:00 -- alice wants to talk to you.
                     │00:00 -- Connected directly to 203.0.113.3:5000. This chat is not
                     │         encrypted.
                     │00:00 alice: hi  (not encrypted)
         online as bob │ alice direct 40 ms
        >\
        """,
        world.bob.screen().replace("> ", ">"));
  }

  /// When the relay's words to Bob are lost and his router is an open one, he meets Alice by her
  /// address: nobody told him the name.
  @Test
  void they_meet_and_talk_in_every_weather() {
    for (long seed = 0; seed < 400; seed++) {
      var world = new World(seed, weather(seed), easy(seed), easy(seed / 3));
      world.meet();
      world.sayUntilRead(world.alice, "hi", world.bob, ": hi");
      world.sayUntilRead(world.bob, "hello", world.alice, "bob: hello");
    }
  }

  @Test
  void in_fair_weather_nothing_is_lost_doubled_or_reordered() {
    for (long seed = 0; seed < 60; seed++) {
      var world = new World(seed, Weather.FAIR, easy(seed), easy(seed / 3));
      world.alice.type("/connect bob\none\ntwo\nthree\n");
      world.accept(world.alice);
      world.await(() -> world.bob.shows("three"), "bob reads all");
      String said = world.bob.screen().replaceAll("(?s)^.*?alice: one", "alice: one");
      assertEquals(
          "alice: one alice: two alice: three",
          String.join(
              " ",
              said.lines()
                  .limit(3)
                  .map(l -> l.replaceAll(".*alice: (\\w+).*", "alice: $1"))
                  .toList()),
          world.toString());
    }
  }

  @Test
  void where_no_hole_can_be_punched_alice_is_told_why_and_what_helps() {
    var random =
        new Behaviour(
            Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT, Ports.RANDOM);
    for (long seed = 0; seed < 40; seed++) {
      var world = new World(seed, weather(seed), random, Behaviour.HOME);
      world.online();
      world.alice.type("/connect bob\nhi\n");
      world.accept(world.alice);
      world.await(() -> world.alice.shows("No direct path to bob was found"), "alice is told");
      assertTrue(world.alice.shows("hi  (not sent)"), world.toString());
      assertFalse(world.bob.shows("alice: hi"), world.toString());
    }
  }

  @Test
  void quitting_says_goodbye_on_the_other_screen() {
    var world = new World(3, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.meet();
    world.alice.type("/quit\n");
    assertTrue(world.alice.hasEnded());
    world.await(() -> world.bob.shows("alice has left"), "bob is told");
  }

  @Test
  void words_before_quit_arrive_although_the_way_was_not_open_yet() {
    var world = new World(4, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.online();
    world.alice.type("/connect bob\nhi\n");
    world.accept(world.alice);
    world.alice.type("/quit\n");
    world.await(
        () -> world.bob.shows("alice: hi") && world.bob.shows("alice has left"), "bob reads");
    assertTrue(world.alice.hasEnded());
  }

  @Test
  void a_crashed_peer_is_said_to_be_silent_and_then_gone() {
    var world = new World(5, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.meet();
    world.bob.crash();
    world.await(() -> world.alice.shows("bob no reply 12 s"), "the silence is told");
    world.await(() -> world.alice.shows("bob no reply 20 s"), "and counted");
    world.await(() -> world.alice.shows("counts as gone"), "bob is given up");
  }

  @Test
  void names_that_cannot_be_reached_get_a_plain_sentence() {
    var world = new World(6, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.online();
    world.alice.type("/connect nobody\n");
    world.accept(world.alice);
    world.await(() -> world.alice.shows("Nobody called nobody is at this relay."), "told");
    world.alice.type("/connect alice\n");
    assertTrue(world.alice.shows("That is you."));
  }

  @Test
  void a_paste_is_one_message_and_only_after_enter() {
    var world = new World(7, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.meet();
    world.alice.paste("line one\nline two");
    world.internet.runFor(Duration.ofSeconds(5));
    assertFalse(world.bob.shows("line one"));
    world.alice.type("\n");
    world.await(() -> world.bob.shows("alice: line one"), "bob reads it");
    assertTrue(world.bob.shows("line two"), world.toString());
  }

  @Test
  void a_silent_relay_is_told_and_the_chat_goes_on_without_it() {
    var world = new World(8, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
    world.meet();
    world.relay.stop();
    world.await(() -> world.alice.shows("alice: relay silent"), "the silence is told");
    world.alice.type("still here\n");
    world.await(() -> world.bob.shows("alice: still here"), "the chat goes on");
  }

  private static Weather weather(long seed) {
    return seed % 4 == 0 ? Weather.FAIR : Weather.storm((seed % 4) * 0.07);
  }

  /// NATs behind which everybody can be met.
  private static Behaviour easy(long seed) {
    var filtering = EVERY_FILTERING.get((int) (seed % EVERY_FILTERING.size()));
    var ports = seed / 3 % 2 == 0 ? Ports.KEPT : Ports.RANDOM;
    return new Behaviour(Mapping.ENDPOINT_INDEPENDENT, filtering, ports);
  }

  /// Alice and Bob at home, and a relay.
  private static final class World {
    final SimulatedInternet internet;
    final SimulatedRelay relay;
    final WholeClient alice;
    final WholeClient bob;

    World(long seed, Weather weather, Behaviour alices, Behaviour bobs) {
      internet = new SimulatedInternet(seed, weather);
      relay = internet.open(3478, SimulatedRelay::foreign);
      alice = home(alices, "alice");
      bob = home(bobs, "bob");
    }

    private WholeClient home(Behaviour behaviour, String name) {
      var place = internet.behind(behaviour);
      return place.open(5000, socket -> new WholeClient(socket, name, relay.address()));
    }

    void online() {
      await(() -> alice.shows("online as alice") && bob.shows("online as bob"), "both are online");
    }

    void meet() {
      online();
      alice.type("/connect bob\n");
      accept(alice);
      await(() -> alice.shows("bob direct") && bob.shows(" direct"), "they meet");
    }

    /// Nobody talks without encryption who has not been asked.
    void accept(WholeClient who) {
      await(() -> who.shows("can be reached without encryption only"), "the user is asked");
      who.type("/accept\n");
    }

    /// Again and again, for in this dialect nobody notices a lost line.
    void sayUntilRead(WholeClient from, String text, WholeClient to, String read) {
      for (int tries = 0; tries < 30 && !to.shows(read); tries++) {
        from.type(text + "\n");
        internet.runUntil(() -> to.shows(read), Duration.ofMillis(500));
      }
      assertTrue(to.shows(read), this::toString);
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
