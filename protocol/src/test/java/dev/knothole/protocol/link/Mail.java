package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The unreliable datagrams of one end: each arrives at most once, as it was.
final class Mail {
  static final int LEAST = Long.BYTES;

  private final Map<Long, byte[]> onTheWay = new HashMap<>();
  private long next;
  private int arrived;

  byte[] next(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 13L + next);
    }
    ByteBuffer.wrap(bytes).putLong(next++);
    return bytes;
  }

  void sent(byte[] bytes) {
    onTheWay.put(ByteBuffer.wrap(bytes).getLong(), bytes);
  }

  void arrived(byte[] bytes) {
    byte[] sent = onTheWay.remove(ByteBuffer.wrap(bytes).getLong());
    assertNotNull(sent, "a datagram that nobody sent, or for the second time");
    assertArrayEquals(sent, bytes);
    arrived++;
  }

  int arrived() {
    return arrived;
  }
}
