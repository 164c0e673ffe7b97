package dev.knothole.protocol.link.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import dev.knothole.protocol.link.wire.PacketType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private static final long SECOND = 1_000_000_000L;
  private static final LinkSecret SECRET = new LinkSecret(new byte[32]);

  private final DataKeys alice = SECRET.keys(Role.CLIENT, 0);
  private final DataKeys bob = SECRET.keys(Role.SERVER, 0);
  private final OutgoingPacket out = new OutgoingPacket(new byte[1500]);
  private final IncomingPacket in = new IncomingPacket();
  private long next;

  @Test
  void what_one_end_seals_the_other_opens() throws MalformedMessage {
    assertEquals(Opened.OPENED, open(bob, seal(alice, "hello"), 0));
    assertEquals("hello", text());
    assertEquals(0, in.number());
    assertEquals(Opened.OPENED, open(alice, seal(bob, ""), 0));
    assertEquals("", text());
  }

  @Test
  void nobody_opens_what_he_sealed_himself() throws MalformedMessage {
    assertEquals(Opened.FORGED, open(alice, seal(alice, "hello"), 0));
  }

  @Test
  void any_flipped_bit_is_refused() throws MalformedMessage {
    byte[] packet = seal(alice, "every bit counts");
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] flipped = packet.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(isOpenedAsData(flipped), "bit " + bit);
    }
    assertEquals(Opened.OPENED, open(bob, packet, 0), "the packet itself is still good");
  }

  private boolean isOpenedAsData(byte[] packet) {
    try {
      in.datagram(packet, 0, packet.length);
      return in.next() && in.type() == PacketType.DATA && bob.open(in, 0) == Opened.OPENED;
    } catch (MalformedMessage refused) {
      return false;
    }
  }

  @Test
  void any_order_opens_and_no_packet_opens_twice() throws MalformedMessage {
    long seed = 54;
    var random = new Random(seed);
    var packets = new ArrayList<byte[]>();
    for (int i = 0; i < 1_000; i++) {
      packets.add(seal(alice, "line " + i));
    }
    int block = 100; // The cut packet number allows for this much of disorder.
    for (int i = 0; i < packets.size(); i += block) {
      Collections.shuffle(packets.subList(i, i + block), random);
    }
    for (byte[] packet : packets) {
      assertEquals(Opened.OPENED, open(bob, packet, 0), "seed " + seed);
      assertEquals("line " + in.number(), text());
    }
    for (byte[] packet : packets) {
      assertNotEquals(Opened.OPENED, open(bob, packet, 0), "seed " + seed);
    }
    assertEquals(Opened.REPLAYED, open(bob, packets.getLast(), 0));
  }

  @Test
  void an_update_waits_for_an_acknowledgement() throws MalformedMessage {
    assertThrows(IllegalStateException.class, () -> alice.update(0));
    open(bob, seal(alice, "zero"), 0);
    alice.acknowledged(0);
    alice.update(0);
    assertThrows(IllegalStateException.class, () -> alice.update(0));
    assertEquals(1, alice.generation());
    assertEquals(Opened.OPENED, open(bob, seal(alice, "one"), 0));
    assertEquals(1, bob.generation());
  }

  @Test
  void late_packets_of_the_last_generation_open_for_a_while() throws MalformedMessage {
    byte[] late = seal(alice, "late");
    byte[] tooLate = seal(alice, "too late");
    open(bob, seal(alice, "in time"), 0);
    alice.acknowledged(2);
    alice.update(0);
    assertEquals(Opened.OPENED, open(bob, seal(alice, "new"), SECOND));
    assertEquals(Opened.OPENED, open(bob, late, 2 * SECOND));
    assertEquals(Opened.FORGED, open(bob, tooLate, SECOND + DataKeys.KEEP_LAST_NANOS));
  }

  @Test
  void who_updates_still_opens_what_the_peer_seals_before_it_follows() throws MalformedMessage {
    open(bob, seal(alice, "zero"), 0);
    alice.acknowledged(0);
    alice.update(0);
    for (int i = 0; i < 100; i++) {
      assertEquals(Opened.OPENED, open(alice, seal(bob, "old " + i), i * SECOND));
    }
    open(bob, seal(alice, "one"), 0);
    assertEquals(Opened.OPENED, open(alice, seal(bob, "new"), 100 * SECOND));
  }

  @Test
  void both_may_update_at_once() throws MalformedMessage {
    open(bob, seal(alice, "a"), 0);
    open(alice, seal(bob, "b"), 0);
    alice.acknowledged(0);
    bob.acknowledged(1);
    alice.update(0);
    bob.update(0);
    assertEquals(Opened.OPENED, open(bob, seal(alice, "a"), 0));
    assertEquals(Opened.OPENED, open(alice, seal(bob, "b"), 0));
    assertEquals(1, alice.generation());
    assertEquals(1, bob.generation());
  }

  @Test
  void an_update_is_due_after_an_hour() throws MalformedMessage {
    open(bob, seal(alice, "zero"), 0);
    assertFalse(alice.isUpdateDue(DataKeys.UPDATE_AFTER_NANOS), "nothing is acknowledged");
    alice.acknowledged(0);
    assertFalse(alice.isUpdateDue(DataKeys.UPDATE_AFTER_NANOS - 1));
    assertTrue(alice.isUpdateDue(DataKeys.UPDATE_AFTER_NANOS));
    alice.update(DataKeys.UPDATE_AFTER_NANOS);
    assertFalse(alice.isUpdateDue(DataKeys.UPDATE_AFTER_NANOS));
    assertFalse(alice.isExhausted());
  }

  /// Both ends update whenever they may, packets are lost, late and doubled: everything that
  /// arrives within the time that old keys are kept opens once, and the ends stay together.
  @Test
  void updates_go_on_over_loss_and_disorder() throws MalformedMessage {
    for (long seed = 0; seed < 20; seed++) {
      new Crossing(seed).run();
    }
  }

  /// Two ends and the packets between them, in virtual time.
  private static final class Crossing {
    private record Flying(int to, long at, long number, long acknowledges, byte[] bytes) {}

    private final long seed;
    private final Random random;
    private final DataKeys[] ends = {SECRET.keys(Role.CLIENT, 0), SECRET.keys(Role.SERVER, 0)};
    private final long[] sent = {0, 0};
    private final long[] received = {-1, -1};
    private final long[] acknowledged = {-1, -1};
    private final OutgoingPacket out = new OutgoingPacket(new byte[1500]);
    private final IncomingPacket in = new IncomingPacket();
    private final ArrayList<Flying> flying = new ArrayList<>();

    Crossing(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void run() throws MalformedMessage {
      for (int step = 0; step < 5_000; step++) {
        long now = step * (SECOND / 50);
        send(random.nextInt(2), now);
        for (int end = 0; end < 2; end++) {
          if (ends[end].mayUpdate(now)) {
            ends[end].update(now);
          }
        }
        arrive(now);
        assertTrue(Math.abs(ends[0].generation() - ends[1].generation()) <= 1, "seed " + seed);
      }
      assertTrue(ends[0].generation() > 10, "seed " + seed);
    }

    private void send(int from, long now) {
      long number = sent[from]++;
      FrameWriter.datagram(
          out.beginData(0, 1500, 1, number, acknowledged[from]), ByteBuffer.allocate(10));
      ends[from].seal(out);
      byte[] bytes = Arrays.copyOf(out.bytes(), out.end());
      int copies = random.nextInt(10) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        long at = now + random.nextLong(SECOND / 2);
        if (random.nextInt(3) != 0) {
          flying.add(new Flying(1 - from, at, number, received[from], bytes.clone()));
        }
      }
    }

    private void arrive(long now) throws MalformedMessage {
      for (var packet : flying.stream().filter(p -> p.at() <= now).toList()) {
        flying.remove(packet);
        in.datagram(packet.bytes(), 0, packet.bytes().length);
        assertTrue(in.next());
        var opened = ends[packet.to()].open(in, now);
        assertTrue(opened != Opened.FORGED, "seed " + seed + " number " + packet.number());
        if (opened == Opened.OPENED) {
          assertEquals(packet.number(), in.number(), "seed " + seed);
          received[packet.to()] = Math.max(received[packet.to()], packet.number());
          long acks = Math.max(acknowledged[packet.to()], packet.acknowledges());
          acknowledged[packet.to()] = acks;
          ends[packet.to()].acknowledged(acks);
        }
      }
    }
  }

  @Test
  void handshake_packets_are_kept_from_those_who_do_not_know_the_id() throws MalformedMessage {
    for (boolean knows : new boolean[] {true, false}) {
      var client = new HandshakeKeys(Role.CLIENT, 42);
      var server = new HandshakeKeys(Role.SERVER, knows ? 42 : 43);
      out.beginInitial(0, 1200, 42, 1, new byte[0], 0).put((byte) 1);
      out.pad(1200);
      client.seal(out);
      byte[] packet = Arrays.copyOf(out.bytes(), out.end());
      assertEquals(knows ? Opened.OPENED : Opened.FORGED, open(server, packet));
      if (knows) {
        assertEquals(1160 - 4, in.payload().remaining());
        assertEquals(Opened.REPLAYED, open(server, Arrays.copyOf(out.bytes(), out.end())));
      }
    }
  }

  @Test
  void any_flipped_bit_of_a_handshake_packet_is_refused() {
    var client = new HandshakeKeys(Role.CLIENT, 42);
    var server = new HandshakeKeys(Role.SERVER, 42);
    out.beginInitial(0, 1200, 42, 1, new byte[] {1, 2, 3}, 0).put((byte) 1);
    client.seal(out);
    for (int bit = 0; bit < out.end() * 8; bit++) {
      byte[] flipped = Arrays.copyOf(out.bytes(), out.end());
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(isOpened(server, flipped), "bit " + bit);
    }
  }

  private boolean isOpened(HandshakeKeys keys, byte[] packet) {
    try {
      in.datagram(packet, 0, packet.length);
      return in.next() && in.type().isLong() && keys.open(in) == Opened.OPENED;
    } catch (MalformedMessage refused) {
      return false;
    }
  }

  /// They have no number of their own, and come from a server that keeps none.
  @Test
  void retry_and_close_open_whatever_came_before() throws MalformedMessage {
    var client = new HandshakeKeys(Role.CLIENT, 42);
    for (int i = 0; i < 2; i++) {
      var server = new HandshakeKeys(Role.SERVER, 42);
      out.beginHandshake(0, 1200, 1, 2, i).put((byte) 1);
      server.seal(out);
      assertEquals(Opened.OPENED, open(client, Arrays.copyOf(out.bytes(), out.end())));
      out.beginRetry(0, 1200, 1, 2).put(new byte[] {7, 8});
      server.seal(out);
      assertEquals(Opened.OPENED, open(client, Arrays.copyOf(out.bytes(), out.end())));
      assertEquals(ByteBuffer.wrap(new byte[] {7, 8}), in.payload());
      out.beginClose(0, 1200, 1, 2).put((byte) 0);
      server.seal(out);
      assertEquals(Opened.OPENED, open(client, Arrays.copyOf(out.bytes(), out.end())));
    }
  }

  private byte[] seal(DataKeys keys, String text) {
    out.beginData(0, 1500, 7, next, next - 50).put(text.getBytes(StandardCharsets.US_ASCII));
    next++;
    keys.seal(out);
    return Arrays.copyOf(out.bytes(), out.end());
  }

  private Opened open(DataKeys keys, byte[] packet, long now) throws MalformedMessage {
    byte[] copy = packet.clone();
    in.datagram(copy, 0, copy.length);
    assertTrue(in.next());
    return keys.open(in, now);
  }

  private Opened open(HandshakeKeys keys, byte[] packet) throws MalformedMessage {
    in.datagram(packet, 0, packet.length);
    assertTrue(in.next());
    return keys.open(in);
  }

  private String text() {
    byte[] bytes = new byte[in.payload().remaining()];
    in.payload().get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).trim();
  }
}
