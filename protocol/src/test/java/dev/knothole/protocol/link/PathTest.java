package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.MILLIS;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.sim.Way;
import dev.knothole.protocol.link.stream.Priority;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Several ways to the same peer.
final class PathTest {
  private static final Shape NEAR = Shape.of(20, 20, 200_000, 0);
  private static final Shape FAR = Shape.of(20, 120, 200_000, 0);

  private static byte[] letter(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  /// Alice tries a line until it is known whether it works.
  private static Way tried(TwoHosts world, Connection connection, int line) {
    return tried(world.alice, world, connection, line);
  }

  private static Way tried(Host host, TwoHosts world, Connection connection, int line) {
    var way = host.way(world.lines.get(line));
    host.turn(() -> connection.addPath(way));
    world.run(SECOND);
    return way;
  }

  @Test
  void a_path_is_proven_by_a_challenge_that_comes_back_over_it() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    var validated = world.heardByAlice.all(LinkEvent.PathValidated.class);
    assertEquals(List.of(way), validated.stream().map(LinkEvent.PathValidated::route).toList());
    long roundTrip = validated.getFirst().roundTrip();
    assertTrue(roundTrip >= 120 * MILLIS && roundTrip < 125 * MILLIS, roundTrip + " ns");
    assertEquals(world.alice.way(world.line()), ends.alice().route());
    assertFalse(world.heardByBob.heard(LinkEvent.PathRebound.class));
  }

  @Test
  void to_try_a_path_moves_nobody() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    world.run(2 * SECOND);
    var before = ends.bob().route();
    tried(world, ends.alice(), 1);
    TwoHosts.say(world.bob, ends.bob(), "as before");
    world.run(SECOND);
    assertEquals(before, ends.bob().route());
    assertFalse(world.heardByBob.heard(LinkEvent.PathRebound.class));
  }

  @Test
  void before_that_it_is_not_used() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = world.alice.way(world.lines.get(1));
    assertFalse(ends.alice().use(way));
    world.alice.turn(() -> ends.alice().addPath(way));
    assertFalse(ends.alice().use(way));
    assertFalse(ends.alice().duplicate(way));
    world.run(SECOND);
    assertTrue(ends.alice().duplicate(way));
    assertTrue(ends.alice().use(way));
    assertEquals(way, ends.alice().route());
  }

  @Test
  void the_other_end_learns_of_a_path_that_is_tried_and_can_try_it_back() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    tried(world, ends.alice(), 1);
    var back = world.bob.way(world.lines.get(1));
    assertEquals(
        List.of(new LinkEvent.PathSeen(back)), world.heardByBob.all(LinkEvent.PathSeen.class));
    assertEquals(back, tried(world.bob, world, ends.bob(), 1));
    var validated = world.heardByBob.all(LinkEvent.PathValidated.class);
    assertEquals(List.of(back), validated.stream().map(LinkEvent.PathValidated::route).toList());
    assertTrue(ends.bob().use(back));
  }

  @Test
  void a_path_that_the_application_tried_is_never_followed_by_itself() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    tried(world.bob, world, ends.bob(), 1);
    var before = ends.bob().route();
    world.alice.turn(() -> ends.alice().use(way));
    for (int i = 0; i < 10; i++) {
      TwoHosts.say(world.alice, ends.alice(), "from elsewhere");
      world.run(SECOND);
    }
    assertEquals(before, ends.bob().route());
    assertFalse(world.heardByBob.heard(LinkEvent.PathRebound.class));
  }

  @Test
  void the_other_end_learns_when_what_it_hears_comes_over_another_path() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    assertFalse(world.heardByBob.heard(LinkEvent.PathUsed.class));
    world.alice.turn(() -> ends.alice().use(way));
    TwoHosts.say(world.alice, ends.alice(), "from elsewhere");
    world.run(SECOND);
    assertEquals(
        List.of(new LinkEvent.PathUsed(world.bob.way(world.lines.get(1)))),
        world.heardByBob.all(LinkEvent.PathUsed.class));
  }

  @Test
  void an_answer_that_does_not_come_is_missed_from_the_first_packet_on() {
    var world = new TwoHosts().over(NEAR);
    var ends = world.established();
    TwoHosts.say(world.alice, ends.alice(), "hello");
    world.run(5 * SECOND);
    assertEquals(OptionalLong.empty(), ends.alice().unansweredSince());
    world.line().blackHole(0, 60 * SECOND);
    long before = world.alice.now();
    TwoHosts.say(world.alice, ends.alice(), "anybody?");
    world.run(3 * SECOND);
    assertEquals(OptionalLong.of(before), ends.alice().unansweredSince());
  }

  @Test
  void a_dead_path_is_said_to_be_dead_and_may_be_tried_again() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    world.lines.get(1).blackHole(0, 20 * SECOND);
    var way = tried(world, ends.alice(), 1);
    world.run(10 * SECOND);
    assertEquals(
        List.of(new LinkEvent.PathFailed(way)), world.heardByAlice.all(LinkEvent.PathFailed.class));
    assertFalse(ends.alice().use(way));
    world.run(10 * SECOND);
    tried(world, ends.alice(), 1);
    assertTrue(ends.alice().use(way));
  }

  @Test
  void a_few_lost_challenges_do_not_fail_a_path() {
    for (long seed = 0; seed < 10; seed++) {
      var lossy = FAR.with(Trouble.loss(0.25)).withDelay(1 + seed * 6_000_000);
      var world = new TwoHosts().over(NEAR, lossy);
      var ends = world.established();
      var way = tried(world, ends.alice(), 1);
      world.run(6 * SECOND);
      assertTrue(ends.alice().use(way), "seed " + seed);
    }
  }

  @Test
  void a_transfer_moves_to_another_path_and_each_side_chooses_its_own() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    byte[] letter = letter(4_000_000);
    long stream = TwoHosts.send(world.alice, ends.alice(), letter);
    world.run(SECOND);
    world.alice.turn(() -> ends.alice().use(way));
    long sentOverNear = world.line().sent(0);
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertArrayEquals(letter, world.heardByBob.bytes(stream));
    assertEquals(sentOverNear, world.line().sent(0));
    assertTrue(world.lines.get(1).sent(0) > 1000);
  }

  @Test
  void after_a_switch_the_round_trip_is_that_of_the_new_path() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    TwoHosts.send(world.alice, ends.alice(), letter(100_000));
    var way = tried(world, ends.alice(), 1);
    assertTrue(ends.alice().roundTrip() < 30 * MILLIS);
    var before = ends.alice().sending();
    world.alice.turn(() -> ends.alice().use(way));
    var after = ends.alice().sending();
    assertEquals(0, after.flight().delivered());
    assertTrue(before.flight().delivered() > 0);
    world.bob.turn(() -> ends.bob().addPath(world.bob.way(world.lines.get(1))));
    world.run(SECOND);
    world.bob.turn(() -> ends.bob().use(world.bob.way(world.lines.get(1))));
    TwoHosts.send(world.alice, ends.alice(), letter(100_000));
    world.run(SECOND);
    long roundTrip = ends.alice().roundTrip();
    assertTrue(roundTrip >= 115 * MILLIS && roundTrip < 170 * MILLIS, roundTrip + " ns");
  }

  @Test
  void late_packets_over_the_old_path_do_not_undo_a_switch() {
    var world = new TwoHosts().over(FAR.with(new Trouble(0, 0, 0, 0.5, 0, 0)), NEAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    var wayOfBob = world.bob.way(world.lines.get(1));
    world.bob.turn(() -> ends.bob().addPath(wayOfBob));
    world.run(SECOND);
    byte[] letter = letter(2_000_000);
    long stream = TwoHosts.send(world.alice, ends.alice(), letter);
    world.run(SECOND / 2);
    world.alice.turn(() -> ends.alice().use(way));
    world.bob.turn(() -> ends.bob().use(wayOfBob));
    for (int i = 0; i < 200; i++) {
      world.run(10 * MILLIS);
      assertEquals(way, ends.alice().route());
      assertEquals(wayOfBob, ends.bob().route());
    }
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertArrayEquals(letter, world.heardByBob.bytes(stream));
    assertFalse(world.heardByAlice.heard(LinkEvent.PathRebound.class));
    assertFalse(world.heardByBob.heard(LinkEvent.PathRebound.class));
  }

  @Test
  void what_is_sent_over_two_paths_arrives_once() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    assertTrue(ends.alice().duplicate(way));
    for (int i = 0; i < 50; i++) {
      byte[] mail = {(byte) i};
      world.alice.turn(() -> ends.alice().sendDatagram(mail, 0, 1));
    }
    byte[] letter = letter(200_000);
    long stream = TwoHosts.send(world.alice, ends.alice(), letter);
    world.runUntil(() -> world.heardByBob.ended(stream));
    world.run(SECOND);
    assertArrayEquals(letter, world.heardByBob.bytes(stream));
    assertEquals(50, world.heardByBob.all(LinkEvent.Datagram.class).size());
    assertTrue(world.lines.get(1).sent(0) > 100);
    assertTrue(ends.bob().rejected() > 100, "the second of each is no packet");
  }

  @Test
  void while_two_paths_are_used_either_may_die() {
    var world = new TwoHosts().over(NEAR, FAR);
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    var wayOfBob = world.bob.way(world.lines.get(1));
    world.bob.turn(() -> ends.bob().addPath(wayOfBob));
    world.run(SECOND);
    ends.alice().duplicate(way);
    ends.bob().duplicate(wayOfBob);
    world.line().blackHole(world.time.now(), Long.MAX_VALUE);
    long stream = TwoHosts.say(world.alice, ends.alice(), "by the other way");
    world.run(130 * MILLIS);
    assertEquals("by the other way", world.heardByBob.text(stream));
  }

  @Test
  void a_peer_with_a_new_address_is_followed_in_both_roles() {
    for (int end = 0; end < 2; end++) {
      var world = new TwoHosts().over(NEAR);
      var ends = world.established();
      byte[] letter = letter(2_000_000);
      long there = TwoHosts.send(world.alice, ends.alice(), letter);
      long back = TwoHosts.send(world.bob, ends.bob(), letter);
      world.run(SECOND / 2);
      world.line().rebind(end);
      world.runUntil(() -> world.heardByBob.ended(there) && world.heardByAlice.ended(back));
      assertArrayEquals(letter, world.heardByBob.bytes(there));
      assertArrayEquals(letter, world.heardByAlice.bytes(back));
      var follower = end == 0 ? world.heardByBob : world.heardByAlice;
      assertEquals(1, follower.all(LinkEvent.PathRebound.class).size(), "end " + end);
      assertTrue(world.time.now() < 3 * SECOND, "a new address costs little");
    }
  }

  @Test
  void a_peer_that_gets_its_address_back_is_followed_back() {
    for (int end = 0; end < 2; end++) {
      var world = new TwoHosts().over(NEAR);
      var ends = world.established();
      var follower = end == 0 ? world.heardByBob : world.heardByAlice;
      byte[] letter = letter(4_000_000);
      long there = TwoHosts.send(world.alice, ends.alice(), letter);
      long back = TwoHosts.send(world.bob, ends.bob(), letter);
      world.run(SECOND / 2);
      world.line().rebind(end);
      world.run(SECOND / 2);
      assertEquals(1, follower.all(LinkEvent.PathRebound.class).size(), "end " + end);
      world.line().rebindBack(end);
      world.runUntil(() -> world.heardByBob.ended(there) && world.heardByAlice.ended(back));
      assertEquals(2, follower.all(LinkEvent.PathRebound.class).size(), "end " + end);
      assertArrayEquals(letter, world.heardByBob.bytes(there));
      assertArrayEquals(letter, world.heardByAlice.bytes(back));
    }
  }

  @Test
  void who_is_sent_everything_twice_does_not_jump_to_and_fro() {
    var world = new TwoHosts().over(NEAR, NEAR.with(new Trouble(0, 0, 0, 0.5, 0, 0)));
    var ends = world.established();
    var way = tried(world, ends.alice(), 1);
    assertTrue(ends.alice().duplicate(way));
    long stream = TwoHosts.send(world.alice, ends.alice(), letter(4_000_000));
    world.runUntil(() -> world.heardByBob.ended(stream));
    int jumps = world.heardByBob.all(LinkEvent.PathRebound.class).size();
    assertTrue(jumps <= 1, jumps + " jumps");
  }

  @Test
  void five_dark_seconds_are_over_within_one_and_a_half() {
    for (var congestion : Congestion.values()) {
      var options = LinkOptions.DEFAULT.withCongestion(congestion);
      for (long seed = 0; seed < 8; seed++) {
        var world = new TwoHosts(options, options, TwoHosts.ANYBODY);
        world.over(Shape.of(5, 10 + 12 * seed, 60_000, 0));
        var ends = world.established();
        TwoHosts.send(world.alice, ends.alice(), letter(4_000_000));
        long dark = 2 * SECOND + 37 * seed * MILLIS;
        world.line().blackHole(dark, dark + 5 * SECOND);
        world.run(dark + 5 * SECOND - world.time.now());
        long before = world.heardByBob.total();
        world.run(3 * SECOND / 2);
        long after = world.heardByBob.total() - before;
        assertTrue(after > 50_000, congestion + " brought " + after + ", seed " + seed);
      }
    }
  }

  @Test
  void the_largest_datagram_of_a_path_is_found() {
    for (int largest = 1200; largest <= Shape.ETHERNET; largest += 34) {
      var world = new TwoHosts().over(NEAR.withLargest(largest));
      var ends = world.established();
      TwoHosts.send(world.alice, ends.alice(), letter(500_000));
      world.run(20 * SECOND);
      int found = ends.alice().sending().mtu().current();
      int best = Math.min(largest, 1452);
      assertTrue(found <= best && found > best - 13, found + " of " + largest);
      assertEquals(best == 1452, found == 1452, "of " + largest);
      assertEquals(DataSpace.datagramRoom(found), ends.alice().maxDatagram());
    }
  }

  @Test
  void a_path_that_shrinks_is_noticed() {
    var world = new TwoHosts().over(NEAR);
    var ends = world.established();
    TwoHosts.send(world.alice, ends.alice(), letter(200_000));
    world.run(2 * SECOND);
    assertEquals(1452, ends.alice().sending().mtu().current());
    world.line().become(NEAR.withLargest(1280), NEAR.withLargest(1280));
    byte[] letter = letter(500_000);
    long stream = TwoHosts.send(world.alice, ends.alice(), letter);
    world.run(10 * SECOND);
    assertArrayEquals(letter, world.heardByBob.bytes(stream));
  }

  @Test
  void no_more_paths_are_tried_than_there_is_room_for() {
    var world = new TwoHosts().over(NEAR);
    var ends = world.established();
    for (int i = 1; i < Paths.MAX_PATHS; i++) {
      assertTrue(ends.alice().addPath(new Way(99, i, 1452)));
    }
    assertFalse(ends.alice().addPath(new Way(99, 99, 1452)));
    assertTrue(ends.alice().removePath(new Way(99, 1, 1452)));
    assertFalse(ends.alice().removePath(ends.alice().route()));
    assertTrue(ends.alice().addPath(new Way(99, 99, 1452)));
    assertTrue(ends.alice().open(Priority.URGENT).isPresent());
  }
}
