package dev.knothole.client.peer;

import dev.knothole.client.world.Place;
import dev.knothole.client.world.SimulatedInternet;
import dev.knothole.client.world.SimulatedNat.Behaviour;
import dev.knothole.client.world.SimulatedRelay;
import dev.knothole.client.world.Weather;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Alice and Bob, each behind a NAT, and a relay that speaks links.
final class PrivateHomes {
  private static final Duration LONG = Duration.ofSeconds(90);

  final SimulatedInternet world;
  final SimulatedRelay relay;
  final SimulatedPeer alice;
  private final Place bobsHome;
  SimulatedPeer bob;
  private int bobsPort = 5000;

  PrivateHomes(long seed, Weather weather, Behaviour alices, Behaviour bobs, boolean aliceHides) {
    world = new SimulatedInternet(seed, weather);
    relay = world.open(3478, SimulatedRelay::ours);
    bobsHome = world.behind(bobs);
    alice =
        world.behind(alices).open(5000, socket -> new SimulatedPeer(socket, "alice", aliceHides));
    bob = bobsHome.open(bobsPort, socket -> new SimulatedPeer(socket, "bob"));
  }

  static PrivateHomes inFairWeather(long seed) {
    return new PrivateHomes(seed, Weather.FAIR, Behaviour.HOME, Behaviour.HOME, false);
  }

  PrivateHomes online() {
    alice.at(relay.address());
    bob.at(relay.address());
    await(() -> alice.isSignedIn() && bob.isSignedIn(), "both are signed in");
    return this;
  }

  PrivateHomes chatting() {
    online();
    bob.welcoming();
    alice.connect(bob);
    await(
        () -> alice.way(bob).isPresent() && bob.way(alice).isPresent(), "there is a private link");
    return this;
  }

  boolean bothDirect() {
    return isDirect(alice.way(bob)) && isDirect(bob.way(alice));
  }

  private static boolean isDirect(Optional<Way> way) {
    return way.filter(found -> !(found instanceof Way.Relayed)).isPresent();
  }

  /// Nothing gets through from home to home, but all to and from the relay.
  void part() {
    world.cut((from, to) -> !from.equals(relay.address()) && !to.equals(relay.address()));
  }

  /// Bob's machine loses power, and is switched on again.
  void bobStartsAnew() {
    var identity = bob.identity();
    bob.crash();
    bobsPort++;
    bob =
        bobsHome
            .open(bobsPort, socket -> new SimulatedPeer(socket, "bob", false, identity))
            .at(relay.address())
            .welcoming();
  }

  /// Bob's other machine, with the same key.
  SimulatedPeer secondBob() {
    return world
        .behind(Behaviour.HOME)
        .open(5000, socket -> new SimulatedPeer(socket, "bob", false, bob.identity()))
        .at(relay.address());
  }

  /// Somebody else who wants to be called that.
  SimulatedPeer thief(String name) {
    return world
        .behind(Behaviour.HOME)
        .open(5000, socket -> new SimulatedPeer(socket, name))
        .at(relay.address());
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
