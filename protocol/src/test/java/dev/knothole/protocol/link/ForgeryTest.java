package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.sim.Trouble;
import dev.knothole.protocol.link.sim.Way;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Somebody on the way who changes, repeats, and invents packets, but has no keys.
final class ForgeryTest {
  private static final int LENGTH = 100_000;
  private static final int MIN_PACKET = 11;
  private static final int VERSION_AT = 11;

  private static byte[] letter() {
    byte[] bytes = new byte[LENGTH];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void damaged_packets_are_dropped_and_counted() {
    var world = new TwoHosts().over(Shape.usual().with(Trouble.corrupting(0.1)));
    var ends = world.connected();
    long stream = TwoHosts.send(world.alice, ends.alice(), letter());
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertArrayEquals(letter(), world.heardByBob.bytes(stream));
    assertTrue(ends.bob().rejected() > 0, "none was counted");
    assertTrue(world.bob.links.dropped() > 0, "none was cut so that it was no packet");
  }

  @Test
  void packets_told_again_are_dropped_and_counted() {
    var world = new TwoHosts().over(Shape.usual());
    List<byte[]> record = new ArrayList<>();
    world.alice.tap((_, datagram) -> record.add(datagram.clone()));
    var ends = world.connected();
    long stream = TwoHosts.send(world.alice, ends.alice(), letter());
    byte[] mail = {1, 2, 3};
    world.alice.turn(() -> ends.alice().sendDatagram(mail, 0, mail.length));
    world.runUntil(() -> world.heardByBob.ended(stream));
    world.run(SECOND);
    var to = world.alice.way(world.line());
    record.forEach(datagram -> world.alice.inject(to, datagram));
    world.run(SECOND);
    assertArrayEquals(letter(), world.heardByBob.bytes(stream));
    assertEquals(1, world.heardByBob.all(LinkEvent.Datagram.class).size());
    assertEquals(1, world.heardByBob.all(LinkEvent.Connected.class).size());
    assertTrue(ends.bob().rejected() >= record.size() / 2, ends.bob().rejected() + " counted");
    assertTrue(ends.bob().closed().isEmpty());
  }

  @Test
  void a_repeated_first_packet_makes_no_second_link_while_the_first_is_made() {
    var world = new TwoHosts().over(Shape.usual());
    world.alice.tap(
        (to, datagram) -> {
          world.alice.inject(to, datagram);
          return true;
        });
    world.connected();
    assertEquals(1, world.bob.links.size());
  }

  /// But for the version, which is refused before anything else can be known of the packet.
  @Test
  void a_damaged_first_packet_does_not_stand_in_the_way_of_the_real_one() {
    for (int i = 3; i < 40; i++) {
      int at = i + (i < VERSION_AT ? 0 : Integer.BYTES);
      var world = new TwoHosts().over(Shape.usual());
      boolean[] done = new boolean[1];
      world.alice.tap(
          (to, datagram) -> {
            if (!done[0]) {
              done[0] = true;
              byte[] forged = datagram.clone();
              forged[at] ^= 1;
              world.alice.inject(to, forged);
            }
            return true;
          });
      world.connect();
      world.run(SECOND / 5);
      assertTrue(world.both(LinkEvent.Connected.class), "damaged at " + at);
      assertEquals(1, world.bob.links.size(), "damaged at " + at);
    }
  }

  @Test
  void what_a_stranger_on_the_way_invents_disturbs_nobody() {
    var world = new TwoHosts().over(Shape.usual());
    var random = new Random(5);
    world.alice.tap(
        (to, datagram) -> {
          inject(world.alice, to, invented(datagram, random));
          return true;
        });
    world.bob.tap(
        (to, datagram) -> {
          inject(world.bob, to, invented(datagram, random));
          return true;
        });
    var ends = world.connected();
    long stream = TwoHosts.send(world.alice, ends.alice(), letter());
    world.runUntil(() -> world.heardByBob.ended(stream));
    assertArrayEquals(letter(), world.heardByBob.bytes(stream));
    assertTrue(ends.alice().rejected() + ends.bob().rejected() > 0);
  }

  private static void inject(Host host, Way to, byte[] forged) {
    if (forged.length > 0) {
      host.inject(to, forged);
    }
  }

  /// A real header with anything behind it.
  private static byte[] invented(byte[] real, Random random) {
    byte[] forged = Arrays.copyOf(real, random.nextInt(real.length / 2 + 1));
    if (forged.length > MIN_PACKET) {
      ByteBuffer.wrap(forged).putShort(1, (short) forged.length);
    }
    for (int i = MIN_PACKET + random.nextInt(20); i < forged.length; i++) {
      forged[i] = (byte) random.nextInt();
    }
    return forged;
  }
}
