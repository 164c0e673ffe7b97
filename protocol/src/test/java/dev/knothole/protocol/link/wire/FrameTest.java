package dev.knothole.protocol.link.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTest {
  private static final List<Frame> RARE =
      List.of(
          new Frame.Ping(),
          new Frame.StreamReset(4, 70_000, 1L << 40),
          new Frame.StreamStop(64, 1),
          new Frame.MaxData(Varint.MAX),
          new Frame.MaxStreamData(0, 65_536),
          new Frame.MaxStreams(100),
          new Frame.DataBlocked(16_383),
          new Frame.StreamDataBlocked(8, 16_384),
          new Frame.PathChallenge(-2),
          new Frame.PathResponse(Long.MIN_VALUE),
          new Frame.Close(10, "bis später"),
          new Frame.HandshakeDone(),
          new Frame.ImmediateAck());

  @Test
  void every_rare_frame_comes_back_and_has_the_size_it_says() throws MalformedMessage {
    for (var frame : RARE) {
      var out = ByteBuffer.allocate(300);
      FrameWriter.frame(out, frame);
      assertEquals(FrameWriter.size(frame), out.position(), frame.toString());
      assertEquals(frame.toString(), Frames.read(PacketType.DATA, written(out)).seen.getFirst());
    }
  }

  /// Golden bytes: the format is a promise to other implementations.
  @ParameterizedTest
  @CsvSource({
    "01,                     'Ping[]'",
    "0404800111705000,       'StreamReset[stream=4, code=70000, finalSize=4096]'",
    "0540 4001,              'StreamStop[stream=64, code=1]'",
    "1044d2,                 'MaxData[limit=1234]'",
    "110044d2,               'MaxStreamData[stream=0, limit=1234]'",
    "1207,                   'MaxStreams[limit=7]'",
    "1444d2,                 'DataBlocked[limit=1234]'",
    "150044d2,               'StreamDataBlocked[stream=0, limit=1234]'",
    "1a0102030405060708,     'PathChallenge[token=72623859790382856]'",
    "1b0102030405060708,     'PathResponse[token=72623859790382856]'",
    "1c0a03627965,           'Close[code=10, reason=bye]'",
    "1e,                     'HandshakeDone[]'",
    "1f,                     'ImmediateAck[]'",
    "0800abcd,               'stream 0 0 false abcd'",
    "0f04440002abcd,         'stream 4 1024 true abcd'",
    "30abcd,                 'datagram abcd'",
    "3102abcd,               'datagram abcd'",
    "020a190001,             'ack [9] to [10] after 25'",
    "020a19010102 03,        'ack [9, 2] to [10, 5] after 25'",
  })
  void a_frame_has_these_bytes(String hex, String frame) throws MalformedMessage {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertEquals(frame, Frames.read(PacketType.DATA, bytes).seen.getFirst());
  }

  @Test
  void frames_follow_one_another_and_padding_lies_between() throws MalformedMessage {
    var out = ByteBuffer.allocate(100).put((byte) 0);
    FrameWriter.stream(out, 4, 0, false, ByteBuffer.wrap(new byte[] {1, 2}));
    out.put(new byte[7]);
    FrameWriter.datagram(out, ByteBuffer.wrap(new byte[] {3}));
    FrameWriter.stream(out, 4, 2, true, ByteBuffer.allocate(0));
    assertEquals(
        List.of("stream 4 0 false 0102", "datagram 03", "stream 4 2 true ", "eliciting"),
        Frames.read(PacketType.DATA, written(out)).seen);
  }

  @Test
  void the_sizes_foretold_are_the_sizes_written() {
    var bytes = ByteBuffer.allocate(100);
    var out = ByteBuffer.allocate(300);
    FrameWriter.stream(out, 70, 1L << 33, true, bytes.duplicate());
    assertEquals(FrameWriter.streamHeaderSize(70, 1L << 33, 100) + 100, out.position());
    out.clear();
    FrameWriter.handshake(out, 900, bytes.duplicate());
    assertEquals(FrameWriter.handshakeHeaderSize(900, 100) + 100, out.position());
    out.clear();
    FrameWriter.datagram(out, bytes.duplicate());
    assertEquals(FrameWriter.datagramSize(100), out.position());
  }

  @Test
  void any_ranges_come_back() throws MalformedMessage {
    long seed = 193;
    var random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      var ranges = randomRanges(random);
      var out = ByteBuffer.allocate(2_000);
      assertTrue(FrameWriter.ack(out, ranges, 25));
      var seen = Frames.read(PacketType.DATA, written(out)).seen;
      assertEquals(List.of("ack " + ranges + " after 25", "silent"), seen, "seed " + seed);
    }
  }

  @Test
  void an_ack_tells_the_newest_ranges_when_room_is_scarce() throws MalformedMessage {
    long seed = 194;
    var random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      var ranges = randomRanges(random);
      var out = ByteBuffer.allocate(random.nextInt(60));
      if (FrameWriter.ack(out, ranges, 25)) {
        String seen = Frames.read(PacketType.DATA, written(out)).seen.getFirst();
        assertTrue(seen.contains("[" + ranges.smallest(0)), "seed " + seed);
        assertTrue(seen.contains("to [" + ranges.largest(0)), "seed " + seed);
      } else {
        assertEquals(0, out.position());
        assertTrue(out.remaining() < 25, "seed " + seed);
      }
    }
  }

  private static AckRanges randomRanges(Random random) {
    var ranges = new AckRanges();
    long largest = random.nextLong() >>> (2 + random.nextInt(40));
    int count = 1 + random.nextInt(AckRanges.MAX_RANGES);
    for (int i = 0; i < count && largest >= 0; i++) {
      long smallest = Math.max(0, largest - random.nextInt(300));
      ranges.add(smallest, largest);
      largest = smallest - 2 - random.nextInt(300);
    }
    return ranges;
  }

  @Test
  void ranges_have_an_end() {
    var ranges = new AckRanges();
    for (int i = AckRanges.MAX_RANGES; i > 0; i--) {
      assertTrue(ranges.add(2L * i, 2L * i));
    }
    assertFalse(ranges.add(0, 0));
  }

  @Test
  void ranges_that_touch_are_not_two() {
    var ranges = new AckRanges();
    ranges.add(5, 9);
    assertThrows(IllegalArgumentException.class, () -> ranges.add(1, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "03",
        "07",
        "13",
        "16",
        "1d",
        "20",
        "40",
        "ff", // unknown types
        "06",
        "0600",
        "060005", // HANDSHAKE in a Data packet, whatever follows
        "0a0005ab", // a stream cut off
        "0cffffffffffffffff", // a stream without its id
        "0c00ffffffffffffffffab", // a stream beyond 2^62
        "3105ab", // a datagram cut off
        "020a1900", // an ACK cut off
        "020a19000b", // a first range below zero
        "020a1901010a00", // a gap below zero
        "020a1940400101", // more ranges than anyone sends
        "1a01020304", // a path token cut off
        "1c0a02c328", // a reason that is not UTF-8
        "1c0a0562", // a reason cut off
      })
  void what_is_no_frame_is_malformed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(MalformedMessage.class, () -> Frames.read(PacketType.DATA, bytes));
  }

  @Test
  void a_reason_is_bounded() {
    assertThrows(IllegalArgumentException.class, () -> new Frame.Close(1, "ä".repeat(129)));
    byte[] tooLong = new byte[304];
    byte[] header = {0x1C, 0x01, 0x41, 0x2C};
    System.arraycopy(header, 0, tooLong, 0, header.length);
    assertThrows(MalformedMessage.class, () -> Frames.read(PacketType.DATA, tooLong));
  }

  @Test
  void before_there_are_keys_only_the_handshake_is_spoken() throws MalformedMessage {
    byte[] handshake = {0x06, 0x00, 0x01, 0x55};
    for (var type : List.of(PacketType.INITIAL, PacketType.HANDSHAKE)) {
      assertEquals(List.of("handshake 0 55", "eliciting"), Frames.read(type, handshake).seen);
      for (var frame : RARE) {
        if (!(frame instanceof Frame.Ping || frame instanceof Frame.Close)) {
          var out = ByteBuffer.allocate(300);
          FrameWriter.frame(out, frame);
          assertThrows(MalformedMessage.class, () -> Frames.read(type, written(out)));
        }
      }
    }
    assertThrows(MalformedMessage.class, () -> Frames.read(PacketType.CLOSE, new byte[] {1}));
    assertThrows(MalformedMessage.class, () -> Frames.read(PacketType.RETRY, new byte[] {1}));
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }
}
