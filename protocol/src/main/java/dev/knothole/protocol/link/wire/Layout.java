package dev.knothole.protocol.link.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where the fields of a header lie, and how they are read and written in place.
public final class Layout {
  /// The version of the wire format that these packages speak.
  public static final int VERSION = 0x4B48_0001;

  /// The authentication tag of AES-GCM that ends every packet.
  public static final int TAG_BYTES = 16;

  /// An Initial packet is at least this long (as its datagram in RFC 9000, section 14.1): it proves
  /// that the path carries such datagrams, and gives the server something to answer within three
  /// times of.
  public static final int MIN_INITIAL_DATAGRAM = 1200;

  /// Tokens are made by a server for itself; more than this is not one of ours.
  public static final int MAX_TOKEN_BYTES = 256;

  /// The bits of a first byte that carry the length of the packet number.
  public static final int NUMBER_LENGTH_BITS = 0x03;

  /// The bit of a Data packet's first byte that alternates with the generation of the keys.
  public static final int KEY_PHASE_BIT = 0x04;

  /// The protected bits of a first byte with a long header (RFC 9001, section 5.4.1).
  public static final int LONG_PROTECTED_BITS = 0x0F;

  /// The protected bits of a first byte with a short header.
  public static final int SHORT_PROTECTED_BITS = 0x1F;

  /// The packet numbers of Retry and Close packets, which count nothing: no handshake comes that
  /// far, so no nonce is used twice.
  static final long RETRY_NUMBER = 0xFFFF_FFFEL;

  static final long CLOSE_NUMBER = 0xFFFF_FFFFL;

  static final int LENGTH_AT = 1;
  static final int DESTINATION_AT = 3;
  static final int SHORT_NUMBER_AT = 11;
  static final int VERSION_AT = 11;
  static final int SOURCE_AT = 15;
  static final int LONG_FIELDS_END = 23;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Layout() {}

  /// Reads an unsigned 16-bit number.
  static int readShort(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xFFFF;
  }

  static void writeShort(byte[] bytes, int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  static int readInt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void writeInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static long readLong(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void writeLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }
}
