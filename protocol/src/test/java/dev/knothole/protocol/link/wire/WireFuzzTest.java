package dev.knothole.protocol.link.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.knothole.protocol.MalformedMessage;

/// With `JAZZER_FUZZ=1` in the environment these search; in a normal build they replay the inputs
/// of `src/test/resources`.
final class WireFuzzTest {
  @FuzzTest
  void any_datagram_is_packets_or_malformed(byte[] datagram) {
    var packet = new IncomingPacket();
    packet.datagram(datagram, 0, datagram.length);
    int read = 0;
    try {
      while (packet.next()) {
        assertEquals(read, packet.start());
        read = packet.end();
        assertTrue(read <= datagram.length);
        assertTrue(packet.numberOffset() + PacketNumber.MAX_LENGTH < read);
        if (packet.type() == PacketType.INITIAL) {
          assertTrue(packet.token().limit() <= packet.numberOffset());
        }
      }
      assertEquals(datagram.length, read);
    } catch (MalformedMessage refused) {
      assertTrue(read < datagram.length);
    }
  }

  @FuzzTest
  void any_payload_is_frames_or_malformed(byte[] payload) throws MalformedMessage {
    for (var type : PacketType.values()) {
      Frames frames;
      try {
        frames = Frames.read(type, payload);
      } catch (MalformedMessage refused) {
        continue;
      }
      byte[] again = new byte[frames.again.position()];
      frames.again.get(0, again);
      if (again.length > 0) {
        assertEquals(frames.seen, Frames.read(type, again).seen);
      }
    }
  }
}
