package dev.knothole.protocol.link.wire;

/// What a packet is for; the first byte of its header tells.
public enum PacketType {
  /// The first flight of a client, while it does not know a connection id of the server's choice.
  INITIAL,
  /// Every other packet of the handshake, in both directions.
  HANDSHAKE,
  /// "Come again with this token": the answer of a server that keeps no state for strangers.
  RETRY,
  /// "No": the answer of a server that keeps no state for the refused. It is never answered.
  CLOSE,
  /// Everything after the handshake; the only one that application bytes travel in.
  DATA;

  static final int LONG_FORM = 0xC0;
  static final int SHORT_FORM = 0x80;
  static final int FORM_MASK = 0xC0;

  /// Whether packets of this type have the long header and the keys of the handshake.
  public boolean isLong() {
    return this != DATA;
  }

  /// Whether this first byte belongs to a packet of the link, and not to STUN (first two bits
  /// 00) or to a JSON text (which begins below 0x80).
  public static boolean isLink(byte first) {
    return (first & 0x80) != 0;
  }

  int firstByte() {
    return switch (this) {
      case INITIAL -> LONG_FORM;
      case HANDSHAKE -> LONG_FORM | 0x10;
      case RETRY -> LONG_FORM | 0x20;
      case CLOSE -> LONG_FORM | 0x30;
      case DATA -> SHORT_FORM;
    };
  }

  static PacketType of(byte first) {
    if ((first & FORM_MASK) == SHORT_FORM) {
      return DATA;
    }
    return switch ((first >> 4) & 0x3) {
      case 0 -> INITIAL;
      case 1 -> HANDSHAKE;
      case 2 -> RETRY;
      default -> CLOSE;
    };
  }
}
