package dev.knothole.protocol.link.wire;

/// The first byte of each frame; where QUIC has the same frame, its number (RFC 9000, section 19).
final class FrameType {
  static final int PADDING = 0x00;
  static final int PING = 0x01;
  static final int ACK = 0x02;
  static final int STREAM_RESET = 0x04;
  static final int STREAM_STOP = 0x05;
  static final int HANDSHAKE = 0x06;
  static final int STREAM = 0x08;
  static final int MAX_DATA = 0x10;
  static final int MAX_STREAM_DATA = 0x11;
  static final int MAX_STREAMS = 0x12;
  static final int DATA_BLOCKED = 0x14;
  static final int STREAM_DATA_BLOCKED = 0x15;
  static final int PATH_CHALLENGE = 0x1A;
  static final int PATH_RESPONSE = 0x1B;
  static final int CLOSE = 0x1C;
  static final int HANDSHAKE_DONE = 0x1E;
  static final int IMMEDIATE_ACK = 0x1F;
  static final int DATAGRAM = 0x30;

  /// Bits of STREAM, the last one of DATAGRAM too.
  static final int FIN_BIT = 0x01;

  static final int LENGTH_BIT = 0x02;
  static final int OFFSET_BIT = 0x04;
  static final int DATAGRAM_LENGTH_BIT = 0x01;

  private FrameType() {}
}
