package dev.knothole.protocol.link;

import dev.knothole.protocol.link.handshake.HandshakeEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// The receiving side of the handshake's byte stream: puts its pieces in order.
final class HandshakeInput {
  private final BitSet present = new BitSet();
  private byte[] bytes = {};
  private int next;

  /// Takes a piece.
  ///
  /// @return false when it lies beyond what any handshake needs
  boolean receive(long offset, ByteBuffer piece) {
    long end = offset + piece.remaining();
    if (end > HandshakeEngine.MAX_BYTES) {
      return false;
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * bytes.length, 8192)));
    }
    present.set((int) offset, (int) end);
    piece.get(bytes, (int) offset, piece.remaining());
    return true;
  }

  /// The bytes that continue what was taken before.
  ByteBuffer take() {
    int from = next;
    next = Math.max(from, present.nextClearBit(from));
    return ByteBuffer.wrap(bytes, from, next - from);
  }
}
