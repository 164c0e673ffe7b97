package dev.knothole.client.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.protocol.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The open Internet: public addresses, the weather between them, and the one clock of the world.
public final class SimulatedInternet extends Place {
  /// A world in which so much happens at one instant, or in which a single virtual second takes so
  /// long, is one that spins.
  private static final int MOST_EVENTS_AT_ONCE = 20_000;

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private record Event(Instant time, long number, Runnable happening) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = time.compareTo(other.time);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /// How many datagrams a failing world shows.
  private static final int SHOWN = 100;

  private record Sent(Instant time, Endpoint from, Endpoint to, byte[] bytes, String fate) {
    @Override
    public String toString() {
      boolean isText = bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '"');
      String text =
          isText
              ? new String(bytes, UTF_8)
              : HexFormat.of().formatHex(bytes, 0, Math.min(9, bytes.length)) + "+" + bytes.length;
      return Duration.between(BEGINNING, time) + " " + from + " > " + to + " " + text + fate;
    }
  }

  private final long seed;
  private final Weather calm;
  private final RandomGenerator random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<InetAddress, SimulatedNat> nats = new HashMap<>();
  private Weather weather;
  private BiPredicate<Endpoint, Endpoint> cut = (_, _) -> false;
  private Instant now = BEGINNING;
  private long numbered;
  private int atOnce;
  private long sent;
  private int publicHosts;
  private final ArrayDeque<Sent> last = new ArrayDeque<>();

  public SimulatedInternet(long seed, Weather weather) {
    this.seed = seed;
    this.calm = new Weather(weather.latency(), Duration.ZERO, 0, 0);
    this.weather = weather;
    this.random = new SplittableRandom(seed);
  }

  public Instant now() {
    return now;
  }

  /// Randomness for what lives in this world.
  public RandomGenerator random() {
    return new SplittableRandom(random.nextLong());
  }

  /// How many datagrams have gone out into the open Internet.
  public long sent() {
    return sent;
  }

  public void setWeather(Weather changed) {
    weather = changed;
  }

  /// The weather without its mischief.
  public void calmDown() {
    weather = calm;
  }

  /// From now on nothing gets through between those for whom this holds.
  public void cut(BiPredicate<Endpoint, Endpoint> between) {
    cut = between;
  }

  /// Everything gets through again, as far as the weather lets it.
  public void mend() {
    cut = (_, _) -> false;
  }

  /// A network of its own behind this NAT.
  public Place behind(SimulatedNat.Behaviour behaviour) {
    SimulatedNat nat = new SimulatedNat(this, nextAddress(), behaviour, random());
    nats.put(nat.publicAddress(), nat);
    return nat.inside();
  }

  public void at(Instant time, Runnable happening) {
    events.add(new Event(time.isBefore(now) ? now : time, numbered++, happening));
  }

  public void after(Duration delay, Runnable happening) {
    at(now.plus(delay), happening);
  }

  public void runFor(Duration duration) {
    Instant end = now.plus(duration);
    runUntil(() -> false, duration);
    now = end;
  }

  /// Runs until the condition holds, and at most for so long.
  ///
  /// @return whether it holds
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    Instant end = now.plus(atMost);
    while (!condition.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.time.isAfter(end)) {
        return false;
      }
      step();
    }
    return true;
  }

  /// Runs until nothing is under way and nobody wants to be woken.
  ///
  /// @throws AssertionError when that never comes to pass in so much time
  public void runUntilQuiet(Duration atMost) {
    if (!runUntil(events::isEmpty, atMost)) {
      throw new AssertionError(this + " is not quiet after " + atMost);
    }
  }

  private void step() {
    Event event = events.remove();
    atOnce = event.time.equals(now) ? atOnce + 1 : 0;
    if (atOnce > MOST_EVENTS_AT_ONCE) {
      throw new AssertionError(this + " spins");
    }
    now = event.time;
    event.happening.run();
  }

  @Override
  void carry(Endpoint from, Endpoint to, byte[] bytes) {
    sent++;
    boolean lost = random.nextDouble() < weather.loss() || cut.test(from, to);
    last.add(new Sent(now, from, to, bytes.clone(), lost ? " (lost)" : ""));
    if (last.size() > SHOWN) {
      last.remove();
    }
    if (!lost) {
      deliverLater(from, to, bytes);
    }
    if (random.nextDouble() < weather.duplication()) {
      deliverLater(from, to, bytes);
    }
  }

  private void deliverLater(Endpoint from, Endpoint to, byte[] bytes) {
    long jitter = Math.round(weather.jitter().toNanos() * random.nextDouble());
    byte[] copy = bytes.clone();
    after(weather.latency().plusNanos(jitter), () -> deliver(from, to, copy));
  }

  private void deliver(Endpoint from, Endpoint to, byte[] bytes) {
    SimulatedNat nat = nats.get(to.address());
    if (nat == null) {
      arrive(from, to, bytes);
    } else {
      nat.inbound(from, to, bytes);
    }
  }

  @Override
  InetAddress nextAddress() {
    publicHosts++;
    return InetAddress.ofLiteral(
        "203.0." + (113 + publicHosts / 250) + "." + (1 + publicHosts % 250));
  }

  @Override
  SimulatedInternet internet() {
    return this;
  }

  @Override
  public String toString() {
    return "the world of seed "
        + seed
        + " at "
        + Duration.between(BEGINNING, now)
        + ", where\n  "
        + last.stream().map(Sent::toString).collect(Collectors.joining("\n  "))
        + "\n";
  }
}
