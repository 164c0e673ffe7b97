package dev.knothole.protocol.stun;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// A STUN message of any kind: header and attributes (RFC 8489, sections 5 and 14).
///
/// @param attributes those that count: without FINGERPRINT, and without what follows
///     MESSAGE-INTEGRITY, which a receiver ignores (section 14.5)
/// @param fingerprint whether the message carries FINGERPRINT; a wrong one is never read
record StunMessage(int type, TransactionId id, List<Attribute> attributes, boolean fingerprint) {
  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_SUCCESS = 0x0101;
  static final int BINDING_ERROR = 0x0111;

  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int FINGERPRINT_BYTES = 4;
  private static final int FINGERPRINT_XOR = 0x5354554E;

  StunMessage {
    attributes = List.copyOf(attributes);
  }

  static StunMessage decode(byte[] datagram) throws MalformedMessage {
    if (!Stun.isStun(datagram)) {
      throw new MalformedMessage("not STUN");
    }
    var in = ByteBuffer.wrap(datagram);
    int type = in.getShort();
    int length = in.getShort() & 0xFFFF;
    if (length % 4 != 0 || length != datagram.length - Stun.HEADER_BYTES) {
      throw new MalformedMessage("STUN of another length than it says");
    }
    byte[] id = Arrays.copyOfRange(datagram, 8, Stun.HEADER_BYTES);
    var body = in.position(Stun.HEADER_BYTES);
    return read(body, type, TransactionId.of(id));
  }

  private static StunMessage read(ByteBuffer body, int type, TransactionId id)
      throws MalformedMessage {
    var attributes = new ArrayList<Attribute>();
    boolean sealed = false;
    while (body.hasRemaining()) {
      int start = body.position();
      var attribute = attribute(body);
      if (attribute.type() == Attribute.FINGERPRINT) {
        checkFingerprint(attribute, start, body);
        return new StunMessage(type, id, attributes, true);
      }
      if (!sealed) {
        attributes.add(attribute);
      }
      sealed |= attribute.isIntegrity();
    }
    return new StunMessage(type, id, attributes, false);
  }

  private static Attribute attribute(ByteBuffer body) throws MalformedMessage {
    int type = body.getShort() & 0xFFFF;
    int length = body.getShort() & 0xFFFF;
    if (length > body.remaining()) {
      throw new MalformedMessage("a STUN attribute longer than its message");
    }
    byte[] value = new byte[length];
    body.get(value).position(body.position() + padding(length));
    return new Attribute(type, value);
  }

  private static void checkFingerprint(Attribute fingerprint, int start, ByteBuffer body)
      throws MalformedMessage {
    if (fingerprint.value().length != FINGERPRINT_BYTES
        || body.hasRemaining()
        || ByteBuffer.wrap(fingerprint.value()).getInt()
            != checksum(body.duplicate().flip().limit(start))) {
      throw new MalformedMessage("a wrong STUN fingerprint");
    }
  }

  private static int checksum(ByteBuffer before) {
    var crc = new CRC32();
    crc.update(before);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private static int padding(int length) {
    return -length & 3;
  }

  byte[] encode() {
    int length = fingerprint ? ATTRIBUTE_HEADER_BYTES + FINGERPRINT_BYTES : 0;
    for (var attribute : attributes) {
      int bytes = attribute.value().length;
      length += ATTRIBUTE_HEADER_BYTES + bytes + padding(bytes);
    }
    var out = ByteBuffer.allocate(Stun.HEADER_BYTES + length);
    out.putShort((short) type).putShort((short) length).putInt(Stun.MAGIC_COOKIE).put(id.bytes());
    attributes.forEach(attribute -> write(attribute, out));
    if (fingerprint) {
      int checksum = checksum(out.duplicate().flip());
      write(new Attribute(Attribute.FINGERPRINT, bytes(checksum)), out);
    }
    return out.array();
  }

  private static void write(Attribute attribute, ByteBuffer out) {
    int length = attribute.value().length;
    out.putShort((short) attribute.type()).putShort((short) length).put(attribute.value());
    out.position(out.position() + padding(length));
  }

  private static byte[] bytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  /// Of several attributes of one type only the first counts (section 14).
  Optional<Attribute> first(int attributeType) {
    return attributes.stream().filter(a -> a.type() == attributeType).findFirst();
  }

  /// The types of the attributes that must be understood and are not, each once.
  List<Integer> unknown() {
    return attributes.stream()
        .filter(attribute -> attribute.mustBeUnderstood() && !attribute.isUnderstood())
        .map(Attribute::type)
        .distinct()
        .toList();
  }
}
