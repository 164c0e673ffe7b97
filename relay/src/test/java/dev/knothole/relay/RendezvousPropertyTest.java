package dev.knothole.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Username;
import dev.knothole.relay.RendezvousInput.Said;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RendezvousPropertyTest {
  private static final int HISTORIES = 3_000;
  private static final int STEPS = 200;

  @Test
  void any_history_is_judged_as_the_naive_reading_of_the_rules_judges_it() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      compare(seed);
    }
  }

  /// Few names, addresses and places, so that everything meets everything; steps of time around the
  /// expiry; now and then both start anew.
  private static void compare(long seed) {
    var random = new Random(seed);
    var limits =
        new Rendezvous.Limits(2 + random.nextInt(6), Duration.ofSeconds(10 + random.nextInt(30)));
    var rendezvous = new Rendezvous(limits);
    var naive = new NaiveRendezvous(limits);
    var now = Instant.EPOCH;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(100) == 0) {
        rendezvous = new Rendezvous(limits);
        naive = new NaiveRendezvous(limits);
      }
      now = now.plusSeconds(random.nextInt(20) == 0 ? random.nextInt(60) : random.nextInt(2));
      var said = new Said(address(random), 0, message(random));
      String where = "seed " + seed + ", step " + step + ": " + said;
      assertEquals(naive.handle(said, now), rendezvous.handle(said, now), where);
      assertTrue(rendezvous.size() >= naive.size(), where);
      assertTrue(rendezvous.size() <= limits.capacity(), where);
    }
  }

  private static Endpoint address(Random random) {
    int peer = random.nextInt(8);
    return Endpoint.parse(peer < 6 ? "192.0.2." + peer + ":4000" : "[2001:db8::" + peer + "]:4000");
  }

  private static Message message(Random random) {
    var name = new Username("peer" + random.nextInt(7));
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new Register(name);
      case 3, 4, 5 -> new Connect(name);
      case 6 -> new SessionFinished();
      default -> new Ping();
    };
  }

  @Test
  void a_million_register_and_are_found_and_the_next_takes_the_place_of_the_longest_idle()
      throws UnknownHostException {
    int million = 1_000_000;
    var rendezvous = new Rendezvous(Rendezvous.Limits.DEFAULT);
    for (int peer = 0; peer < million + 10; peer++) {
      register(rendezvous, peer, Instant.EPOCH);
    }
    assertEquals(million, rendezvous.size());
    assertEquals(1, connect(rendezvous, million, 9, Instant.EPOCH), "forgotten: not found");
    assertEquals(2, connect(rendezvous, million, 10, Instant.EPOCH), "known: both are told");
  }

  /// However many expire at once, no datagram has to wait for more than a few of them to be
  /// dropped, and they are gone before as many others came.
  @Test
  void a_hundred_thousand_who_expire_at_once_are_dropped_a_few_per_datagram()
      throws UnknownHostException {
    int crowd = 100_000;
    var rendezvous = new Rendezvous(Rendezvous.Limits.DEFAULT);
    for (int peer = 0; peer < crowd; peer++) {
      register(rendezvous, peer, Instant.EPOCH);
    }
    var later = Instant.EPOCH.plus(Rendezvous.Limits.DEFAULT.expiry());
    int before = rendezvous.size();
    for (int peer = crowd; peer < 2 * crowd; peer++) {
      register(rendezvous, peer, later);
      assertTrue(rendezvous.size() >= before - 2, "dropped too many at once");
      before = rendezvous.size();
    }
    assertEquals(crowd, rendezvous.size());
  }

  /// 65,536 names of one hash: a map that searched them one after the other would take minutes.
  @Test
  void names_of_one_hash_are_found_like_any_others() throws UnknownHostException {
    int names = 1 << 16;
    var rendezvous = new Rendezvous(Rendezvous.Limits.DEFAULT);
    for (int peer = 0; peer < names; peer++) {
      var register = new Register(new Username(ofOneHash(peer)));
      rendezvous.handle(new Said(address(peer), 0, register), Instant.EPOCH);
    }
    assertEquals(ofOneHash(0).hashCode(), ofOneHash(names - 1).hashCode());
    assertEquals(names, rendezvous.size());
  }

  private static String ofOneHash(int number) {
    var name = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  private static void register(Rendezvous rendezvous, int peer, Instant now)
      throws UnknownHostException {
    rendezvous.handle(new Said(address(peer), 0, new Register(new Username("p" + peer))), now);
  }

  /// @return how many were told something
  private static int connect(Rendezvous rendezvous, int asker, int target, Instant now)
      throws UnknownHostException {
    var connect = new Connect(new Username("p" + target));
    return rendezvous.handle(new Said(address(asker), 0, connect), now).size();
  }

  private static Endpoint address(int peer) throws UnknownHostException {
    byte[] bytes = ByteBuffer.allocate(4).putInt(0x0A000000 + peer).array();
    return new Endpoint(InetAddress.getByAddress(bytes), 4000);
  }
}
