package dev.knothole.protocol.stun;

/// Telling STUN from everything else that shares its port.
public final class Stun {
  static final int HEADER_BYTES = 20;
  static final int MAGIC_COOKIE = 0x2112A442;

  private Stun() {}

  /// Whether a datagram is meant to be STUN: two zero bits first, the magic cookie in its place
  /// (RFC 8489, section 5). Never true of JSON, because the cookie is not UTF-8. Says nothing about
  /// the rest.
  public static boolean isStun(byte[] datagram) {
    return datagram.length >= HEADER_BYTES
        && (datagram[0] & 0xC0) == 0
        && datagram[4] == (byte) (MAGIC_COOKIE >>> 24)
        && datagram[5] == (byte) (MAGIC_COOKIE >>> 16)
        && datagram[6] == (byte) (MAGIC_COOKIE >>> 8)
        && datagram[7] == (byte) MAGIC_COOKIE;
  }
}
