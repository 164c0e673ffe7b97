package dev.knothole.protocol.link.wire;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;

/// A cursor over the packets of a received buffer: reads the header that is open to everyone, and
/// after the keys have opened the packet, its number and its plaintext. One is reused for all
/// packets of a socket.
///
/// ```
/// packet.datagram(bytes, 0, length);
/// while (packet.next()) { keys.open(packet, now); ... packet.payload() ... }
/// ```
public final class IncomingPacket {
  /// The least that follows where the packet number begins: header protection samples the 16 bytes
  /// that begin four bytes further on (RFC 9001, section 5.4.2).
  private static final int MIN_AFTER_NUMBER = PacketNumber.MAX_LENGTH + Layout.TAG_BYTES;

  private byte[] bytes = {};
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int start;
  private int end;
  private int limit;
  private PacketType type = PacketType.DATA;
  private int tokenOffset;
  private int tokenLength;
  private int numberOffset;
  private int payloadOffset;
  private long number;

  /// Begins with what was received: one datagram, or several glued together by the kernel.
  public void datagram(byte[] buffer, int offset, int length) {
    bytes = buffer;
    view = ByteBuffer.wrap(buffer);
    start = offset;
    end = offset;
    limit = offset + length;
  }

  /// Goes on to the next packet.
  ///
  /// @return false when nothing is left
  /// @throws MalformedMessage if what is left is not a packet; nothing after it can be found
  public boolean next() throws MalformedMessage {
    if (end == limit) {
      return false;
    }
    start = end;
    if (limit - start < Layout.SHORT_NUMBER_AT || !PacketType.isLink(bytes[start])) {
      throw new MalformedMessage("not a packet");
    }
    int length = Layout.readShort(bytes, start + Layout.LENGTH_AT);
    if (length > limit - start) {
      throw new MalformedMessage("a packet is cut off");
    }
    end = start + length;
    type = PacketType.of(bytes[start]);
    numberOffset = start + (type.isLong() ? longHeader(length) : Layout.SHORT_NUMBER_AT);
    if (end - numberOffset < MIN_AFTER_NUMBER) {
      throw new MalformedMessage("a packet is too short");
    }
    payloadOffset = end;
    number = PacketNumber.NONE;
    return true;
  }

  private int longHeader(int length) throws MalformedMessage {
    if (length < Layout.LONG_FIELDS_END) {
      throw new MalformedMessage("a long header is cut off");
    }
    tokenOffset = start + Layout.LONG_FIELDS_END;
    tokenLength = 0;
    if (type != PacketType.INITIAL) {
      return Layout.LONG_FIELDS_END;
    }
    view.limit(end).position(tokenOffset);
    tokenLength = Varint.readLength(view);
    if (tokenLength > Layout.MAX_TOKEN_BYTES) {
      throw new MalformedMessage("a token is too long");
    }
    tokenOffset = view.position();
    return tokenOffset + tokenLength - start;
  }

  public PacketType type() {
    return type;
  }

  /// The connection id the packet is sent to: what tells one connection of a socket from another.
  public long destination() {
    return Layout.readLong(bytes, start + Layout.DESTINATION_AT);
  }

  /// The sender's version; of a long header only. It and both connection ids lie at the same place
  /// in every version, so a packet of another version can be refused.
  public int version() {
    return Layout.readInt(bytes, start + Layout.VERSION_AT);
  }

  /// The connection id the sender wants to be answered at; of a long header only.
  public long source() {
    return Layout.readLong(bytes, start + Layout.SOURCE_AT);
  }

  /// The token of an Initial packet, empty if it has none; a view until the next packet is read.
  public ByteBuffer token() {
    return view.limit(tokenOffset + tokenLength).position(tokenOffset);
  }

  /// The bytes of the packet from its first to its last, header and tag included.
  public int length() {
    return end - start;
  }

  /// The packet number, once the packet is open.
  public long number() {
    return number;
  }

  /// The plaintext, once the packet is open: frames, or the token of a Retry packet. A view that
  /// holds until the next packet is read.
  public ByteBuffer payload() {
    return view.limit(end - Layout.TAG_BYTES).position(Math.min(payloadOffset, view.limit()));
  }

  /// The buffer that the offsets below point into; for the keys.
  public byte[] bytes() {
    return bytes;
  }

  /// Where the header begins; for the keys.
  public int start() {
    return start;
  }

  /// Where the packet number begins; for the keys.
  public int numberOffset() {
    return numberOffset;
  }

  /// The cut packet number, after its protection is removed; for the keys.
  public long cutNumber(int numberLength) {
    long cut = 0;
    for (int i = 0; i < numberLength; i++) {
      cut = (cut << 8) | (bytes[numberOffset + i] & 0xFF);
    }
    return cut;
  }

  /// Where the packet ends, after its tag; for the keys.
  public int end() {
    return end;
  }

  /// Told by the keys when they have opened the packet in place.
  public void opened(long packetNumber, int numberLength) {
    number = packetNumber;
    payloadOffset = numberOffset + numberLength;
  }
}
