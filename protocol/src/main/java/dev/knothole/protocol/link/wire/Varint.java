package dev.knothole.protocol.link.wire;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;

/// Variable-length integers (RFC 9000, section 16): the two top bits tell the length in bytes.
///
/// A value may come in a longer form than it needs; the RFC allows it, so the reader does.
public final class Varint {
  /// The largest value the encoding can hold.
  public static final long MAX = (1L << 62) - 1;

  private Varint() {}

  /// The bytes of the shortest form of a value of 0 to [#MAX].
  public static int size(long value) {
    // Without a branch: those of a long transfer turn one after the other as its offsets grow, and
    // each time undo what the compiler had taken for certain.
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
    return 1 << (Integer.SIZE - Integer.numberOfLeadingZeros((bits + 1) >> 3));
  }

  /// Writes the shortest form.
  public static void write(ByteBuffer out, long value) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("no varint: " + value);
    }
    switch (size(value)) {
      case 1 -> out.put((byte) value);
      case 2 -> out.putShort((short) (value | 0x4000));
      case 4 -> out.putInt((int) (value | 0x8000_0000L));
      default -> out.putLong(value | 0xC000_0000_0000_0000L);
    }
  }

  public static long read(ByteBuffer in) throws MalformedMessage {
    if (!in.hasRemaining()) {
      throw new MalformedMessage("an integer is missing");
    }
    int length = 1 << ((in.get(in.position()) & 0xFF) >> 6);
    if (in.remaining() < length) {
      throw new MalformedMessage("an integer is cut off");
    }
    return switch (length) {
      case 1 -> in.get();
      case 2 -> in.getShort() & 0x3FFF;
      case 4 -> in.getInt() & 0x3FFF_FFFF;
      default -> in.getLong() & MAX;
    };
  }

  /// Reads a length of bytes that must still be there.
  static int readLength(ByteBuffer in) throws MalformedMessage {
    long length = read(in);
    if (length > in.remaining()) {
      throw new MalformedMessage("longer than what is left of the packet");
    }
    return (int) length;
  }
}
