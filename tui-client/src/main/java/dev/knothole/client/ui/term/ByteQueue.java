package dev.knothole.client.ui.term;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes in the order they came, up to a bound; what comes after is counted out.
final class ByteQueue {
  private final int bound;
  private byte[] bytes = new byte[64];
  private int size;

  ByteQueue(int bound) {
    this.bound = bound;
  }

  void add(int value) {
    if (size == bound) {
      return;
    }
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(bound, size * 2));
    }
    bytes[size++] = (byte) value;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == bound;
  }

  int at(int index) {
    return bytes[index] & 0xFF;
  }

  boolean endsWith(byte[] end) {
    return size >= end.length && Arrays.equals(bytes, size - end.length, size, end, 0, end.length);
  }

  /// Makes room for one more in a full queue: of the last `count` bytes the first goes.
  void slide(int count) {
    System.arraycopy(bytes, size - count + 1, bytes, size - count, count - 1);
    size--;
  }

  void drop(int count) {
    size -= count;
  }

  void clear() {
    size = 0;
    if (bytes.length > 4096) {
      bytes = new byte[64];
    }
  }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
