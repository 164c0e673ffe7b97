package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.MILLIS;
import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.crypto.HandshakeKeys;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What costs a sender little must not cost the receiver much.
final class AbuseTest {
  private static final byte UNKNOWN_FRAME = 0x3F;
  private static final int CHUNK = 4096;

  /// A first packet, as anyone can make it, that holds a frame that is none.
  private static byte[] nonsense(long id) {
    var packet = new OutgoingPacket(new byte[Layout.MIN_INITIAL_DATAGRAM]);
    packet
        .beginInitial(0, Layout.MIN_INITIAL_DATAGRAM, id, /* source= */ 7, new byte[0], 0)
        .put(UNKNOWN_FRAME);
    packet.pad(Layout.MIN_INITIAL_DATAGRAM);
    new HandshakeKeys(Role.CLIENT, id).seal(packet);
    return packet.bytes();
  }

  @Test
  void handshakes_that_fail_at_once_are_no_way_around_the_limit_of_handshakes() {
    var world = new TwoHosts().over(Shape.usual());
    var way = world.alice.way(world.line());
    for (int i = 0; i < 3 * LinkOptions.DEFAULT.retryAbove(); i++) {
      world.alice.inject(way, nonsense(i));
    }
    world.run(SECOND);
    assertEquals(LinkOptions.DEFAULT.retryAbove(), world.bob.links.size());
    world.run(10 * SECOND);
    assertEquals(0, world.bob.links.size());
    world.connected();
  }

  @Test
  void a_first_packet_that_does_not_open_is_not_remembered() {
    var world = new TwoHosts().over(Shape.usual());
    byte[] damaged = nonsense(1);
    damaged[damaged.length - 1] ^= 1;
    world.alice.inject(world.alice.way(world.line()), damaged);
    world.run(SECOND);
    assertEquals(0, world.bob.links.size());
    assertEquals(1, world.bob.links.dropped());
  }

  @Test
  void first_packets_told_again_begin_no_second_link_while_the_first_lives() {
    var world = new TwoHosts().over(Shape.usual());
    List<byte[]> record = new ArrayList<>();
    world.alice.tap((_, datagram) -> record.add(datagram.clone()));
    world.connected();
    var way = world.alice.way(world.line());
    record.forEach(datagram -> world.alice.inject(way, datagram));
    world.run(SECOND);
    assertEquals(1, world.bob.links.size());
  }

  @Test
  void a_path_that_is_offered_during_the_handshake_is_tried_after_it() {
    var world = new TwoHosts().over(Shape.usual(), Shape.usual());
    var connection = world.connect();
    var way = world.alice.way(world.lines.get(1));
    world.alice.turn(() -> connection.addPath(way));
    assertTrue(world.alice.links.wakeAt() > world.time.now(), "woken for what cannot be done");
    world.run(SECOND);
    assertEquals(way, world.heardByAlice.all(LinkEvent.PathValidated.class).getFirst().route());
  }

  /// More pieces far from each other than a small memory can hold, from a peer in a hurry.
  private static byte[] greedy() {
    var frames = ByteBuffer.allocate(200);
    for (int i = 1; i < 16; i++) {
      FrameWriter.stream(frames, 0, (long) i * CHUNK, false, ByteBuffer.allocate(1));
    }
    FrameWriter.frame(frames, new Frame.ImmediateAck());
    return Arrays.copyOf(frames.array(), frames.position());
  }

  @Test
  void nobody_is_woken_to_acknowledge_what_there_was_no_room_for() {
    var budget = new BufferBudget(16 * CHUNK);
    var options = LinkOptions.DEFAULT;
    var links = new Links(TwoHosts.BOB, TwoHosts.ANYBODY, options, budget, new SeededRandom(1));
    var secret = TwoHosts.secret();
    var way = new TwoHosts().over(Shape.usual()).lines.getFirst().from(1);
    links.add(Connection.established(Role.SERVER, 2, 1, secret, way, links.shared(), 0));
    byte[] packet = new Traitor(secret, Role.CLIENT, 2).sealed(greedy());
    links.received(packet, 0, packet.length, way, MILLIS);
    drain(links, MILLIS);
    assertTrue(links.wakeAt() > MILLIS, "woken for what cannot be done");
  }

  private static void drain(Links links, long now) {
    var out = new Transmission(1 << 16, 1);
    while (links.transmit(out, now)) {}
  }

  @Test
  void a_connection_has_one_place_in_the_clock_and_none_when_it_is_over() {
    var world = new TwoHosts().over(Shape.usual());
    var connection = world.established().alice();
    var timers = new Timers();
    connection.timerAt = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      timers.set(connection, 1000 + i);
      timers.set(connection, i);
      assertEquals(connection, timers.takeDue(i));
    }
    timers.set(connection, 2000);
    assertEquals(1, timers.size());
    timers.forget(connection);
    assertEquals(0, timers.size());
    assertEquals(Long.MAX_VALUE, timers.next());
  }
}
