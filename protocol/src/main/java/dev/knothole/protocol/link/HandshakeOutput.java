package dev.knothole.protocol.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// The sending side of the handshake's byte stream: a few kilobytes, all kept until the handshake
/// is over, with a bit for every byte that is to be sent and one for every byte that arrived.
final class HandshakeOutput {
  private final BitSet toSend = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private byte[] bytes = {};

  void append(byte[] more) {
    int end = bytes.length;
    bytes = Arrays.copyOf(bytes, end + more.length);
    System.arraycopy(more, 0, bytes, end, more.length);
    toSend.set(end, bytes.length);
  }

  boolean hasWork() {
    return !toSend.isEmpty();
  }

  /// Where the next run of bytes to send begins.
  int nextOffset() {
    return toSend.nextSetBit(0);
  }

  /// Takes the next run.
  ///
  /// @param most bytes of it
  ByteBuffer take(int most) {
    int from = nextOffset();
    int to = Math.min(toSend.nextClearBit(from), from + most);
    toSend.clear(from, to);
    return ByteBuffer.wrap(bytes, from, to - from);
  }

  void acknowledged(int from, int to) {
    acknowledged.set(from, to);
    toSend.clear(from, to);
  }

  void lost(int from, int to) {
    toSend.set(from, to);
    toSend.andNot(acknowledged);
  }

  /// Everything that has not arrived goes again.
  void sendAgain() {
    lost(0, bytes.length);
  }
}
