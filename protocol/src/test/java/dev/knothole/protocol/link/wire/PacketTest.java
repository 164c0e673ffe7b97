package dev.knothole.protocol.link.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PacketTest {
  private static final long THERE = 0x1112131415161718L;
  private static final long HERE = 0x2122232425262728L;

  private final byte[] buffer = new byte[4_000];
  private final OutgoingPacket out = new OutgoingPacket(buffer);
  private final IncomingPacket in = new IncomingPacket();

  @Test
  void a_data_packet_has_these_bytes() {
    FrameWriter.frame(out.beginData(0, 1200, THERE, 0x1234, 0x1200), new Frame.Ping());
    out.finish();
    assertEquals(
        "80" + "001f" + "1112131415161718" + "34" + "01" + "0000" + "00".repeat(16),
        HexFormat.of().formatHex(buffer, 0, out.end()));
  }

  @Test
  void an_initial_packet_has_these_bytes() {
    byte[] token = {0x51, 0x52};
    FrameWriter.frame(out.beginInitial(0, 1200, THERE, HERE, token, 5), new Frame.Ping());
    out.finish();
    assertEquals(
        "c3"
            + "002f"
            + "1112131415161718"
            + "4b480001"
            + "2122232425262728"
            + "025152"
            + "00000005"
            + "01"
            + "00".repeat(16),
        HexFormat.of().formatHex(buffer, 0, out.end()));
  }

  @Test
  void headers_come_back() throws MalformedMessage {
    byte[] token = "come again".getBytes(StandardCharsets.US_ASCII);
    out.beginInitial(0, 1300, THERE, HERE, token, 5);
    out.pad(Layout.MIN_INITIAL_DATAGRAM);
    out.finish();
    assertEquals(Layout.MIN_INITIAL_DATAGRAM, out.end());
    in.datagram(buffer, 0, out.end());
    assertTrue(in.next());
    assertEquals(PacketType.INITIAL, in.type());
    assertEquals(THERE, in.destination());
    assertEquals(HERE, in.source());
    assertEquals(Layout.VERSION, in.version());
    assertEquals(ByteBuffer.wrap(token), in.token());
    assertEquals(Layout.MIN_INITIAL_DATAGRAM, in.length());
    assertFalse(in.next());
  }

  @Test
  void packets_that_were_glued_together_come_apart() throws MalformedMessage {
    out.beginHandshake(0, 1200, THERE, HERE, 1).put((byte) 1);
    out.finish();
    int second = out.end();
    out.beginRetry(second, 1200, THERE, HERE).put(new byte[50]);
    out.finish();
    int third = out.end();
    out.beginClose(third, 1200, THERE, HERE).put(new byte[9]);
    out.finish();
    int fourth = out.end();
    out.beginData(fourth, 1200, THERE, 7, 3).put(new byte[900]);
    out.finish();
    in.datagram(buffer, 0, out.end());
    var types = new PacketType[4];
    for (int i = 0; i < types.length; i++) {
      assertTrue(in.next());
      types[i] = in.type();
      assertEquals(THERE, in.destination());
    }
    assertFalse(in.next());
    assertArrayEquals(
        new PacketType[] {
          PacketType.HANDSHAKE, PacketType.RETRY, PacketType.CLOSE, PacketType.DATA
        },
        types);
  }

  @Test
  void frames_cannot_grow_beyond_the_size_of_the_packet() {
    assertEquals(1200 - 11 - 1 - Layout.TAG_BYTES, out.beginData(0, 1200, 1, 0, -1).remaining());
    assertTrue(out.isEmpty());
  }

  @Test
  void the_first_byte_is_never_that_of_stun_or_json() {
    for (int first = 0; first < 0x80; first++) {
      assertFalse(PacketType.isLink((byte) first));
    }
    for (var type : PacketType.values()) {
      assertTrue(PacketType.isLink((byte) type.firstByte()));
      assertEquals(type, PacketType.of((byte) type.firstByte()));
      assertEquals(type, PacketType.of((byte) (type.firstByte() | 0x0F)));
    }
  }

  @Test
  void every_cut_of_a_packet_is_malformed() throws MalformedMessage {
    out.beginInitial(0, 1300, THERE, HERE, new byte[100], 5).put((byte) 1);
    out.finish();
    for (int length = 1; length < out.end(); length++) {
      in.datagram(Arrays.copyOf(buffer, length), 0, length);
      assertThrows(MalformedMessage.class, in::next, "cut at " + length);
    }
  }

  @Test
  void a_length_that_leaves_no_room_for_a_tag_is_malformed() {
    out.beginInitial(0, 1300, THERE, HERE, new byte[3], 5).put((byte) 1);
    out.finish();
    int end = out.end();
    int least = 27 + PacketNumber.MAX_LENGTH + Layout.TAG_BYTES;
    for (int length = 0; length < least; length++) {
      Layout.writeShort(buffer, 1, length);
      in.datagram(buffer, 0, end);
      assertThrows(MalformedMessage.class, in::next, "length " + length);
    }
  }

  @Test
  void a_token_longer_than_any_server_makes_is_malformed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> out.beginInitial(0, 1300, THERE, HERE, new byte[257], 5));
    out.beginInitial(0, 1300, THERE, HERE, new byte[256], 5).put(new byte[100]);
    out.finish();
    buffer[24]++;
    in.datagram(buffer, 0, out.end());
    assertThrows(MalformedMessage.class, in::next);
  }
}
