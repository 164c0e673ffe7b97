package dev.knothole.protocol.stun;

/// One attribute of a message, without its padding (RFC 8489, section 14).
record Attribute(int type, byte[] value) {
  static final int MAPPED_ADDRESS = 0x0001;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000A;
  static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int FINGERPRINT = 0x8028;

  /// Whether a receiver that does not know this attribute must refuse the message.
  boolean mustBeUnderstood() {
    return type < 0x8000;
  }

  /// The attributes of RFC 8489 itself that a receiver has to understand. Those about
  /// authentication are understood in that this side asks for none and therefore passes over them.
  boolean isUnderstood() {
    return switch (type) {
      case MAPPED_ADDRESS,
          MESSAGE_INTEGRITY,
          ERROR_CODE,
          UNKNOWN_ATTRIBUTES,
          MESSAGE_INTEGRITY_SHA256,
          XOR_MAPPED_ADDRESS,
          0x0006, // USERNAME
          0x0014, // REALM
          0x0015, // NONCE
          0x001D, // PASSWORD-ALGORITHM
          0x001E -> // USERHASH
          true;
      default -> false;
    };
  }

  boolean isIntegrity() {
    return type == MESSAGE_INTEGRITY || type == MESSAGE_INTEGRITY_SHA256;
  }
}
