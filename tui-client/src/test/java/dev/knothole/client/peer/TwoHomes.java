package dev.knothole.client.peer;

import dev.knothole.client.world.Place;
import dev.knothole.client.world.SimulatedInternet;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Alice and Bob, each behind a NAT, and a relay between them.
final class TwoHomes {
  static final Duration LONG = Duration.ofSeconds(60);

  final SimulatedInternet world;
  final SimulatedRelay relay;
  final Place alicesHome;
  final Place bobsHome;
  final SimulatedPeer alice;
  SimulatedPeer bob;

  TwoHomes(long seed, Weather weather, Behaviour alices, Behaviour bobs) {
    world = new SimulatedInternet(seed, weather);
    relay = world.open(3478, SimulatedRelay::foreign);
    alicesHome = world.behind(alices);
    bobsHome = world.behind(bobs);
    alice = alicesHome.open(5000, socket -> new SimulatedPeer(socket, "alice"));
    bob = bobsHome.open(5000, socket -> new SimulatedPeer(socket, "bob"));
  }

  static TwoHomes inFairWeather(long seed) {
    return new TwoHomes(seed, Weather.FAIR, Behaviour.HOME, Behaviour.HOME);
  }

  TwoHomes online() {
    alice.at(relay.address());
    bob.at(relay.address());
    await(() -> alice.isOnline() && bob.isOnline(), "both are online");
    return this;
  }

  TwoHomes chatting() {
    online();
    alice.connect(bob);
    await(this::bothOpen, "both chats are open");
    return this;
  }

  boolean bothOpen() {
    return alice.isOpen(bob.id()) && bob.isOpen(alice.id());
  }

  /// Says it again and again, for nobody notices a lost text, until it is heard.
  void sayUntilHeard(SimulatedPeer from, SimulatedPeer to, String text) {
    boolean heard = false;
    for (int tries = 0; tries < 30 && !heard; tries++) {
      from.say(to.id(), text);
      heard =
          world.runUntil(() -> to.heard(from.id()).anyMatch(text::equals), Duration.ofMillis(500));
    }
    if (!heard) {
      throw new AssertionError(this + ": nobody heard " + text);
    }
  }

  void await(BooleanSupplier condition, String what) {
    if (!world.runUntil(condition, LONG)) {
      throw new AssertionError(this + ": not so, that " + what);
    }
  }

  @Override
  public String toString() {
    return world + "\n  " + alice + "\n  " + bob;
  }
}
