package dev.knothole.protocol.link.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Builds packets in place, one after the other, in a buffer that is reused.
///
/// `begin...` writes the header and leaves a buffer for the frames; the keys then seal the packet
/// where it lies. The next packet may begin where that one ended.
public final class OutgoingPacket {
  private final byte[] bytes;
  private final ByteBuffer frames;
  private int start;
  private int numberOffset;
  private int numberLength;
  private long number;

  public OutgoingPacket(byte[] buffer) {
    bytes = buffer;
    frames = ByteBuffer.wrap(buffer);
  }

  /// Begins a Data packet.
  ///
  /// @param offset where in the buffer
  /// @param size the most the finished packet may take
  /// @param largestAcknowledged of the packet number space, or [PacketNumber#NONE]
  /// @return the room for frames
  public ByteBuffer beginData(
      int offset, int size, long destination, long packetNumber, long largestAcknowledged) {
    header(PacketType.DATA, offset, destination);
    numberOffset = offset + Layout.SHORT_NUMBER_AT;
    return beginFrames(size, packetNumber, PacketNumber.length(packetNumber, largestAcknowledged));
  }

  /// Begins an Initial packet; the token is empty until a server asked for one.
  public ByteBuffer beginInitial(
      int offset, int size, long destination, long source, byte[] token, long packetNumber) {
    if (token.length > Layout.MAX_TOKEN_BYTES) {
      throw new IllegalArgumentException("a token of " + token.length + " bytes");
    }
    longHeader(PacketType.INITIAL, offset, destination, source);
    frames.clear().position(offset + Layout.LONG_FIELDS_END);
    Varint.write(frames, token.length);
    frames.put(token);
    numberOffset = frames.position();
    return beginFrames(size, packetNumber, PacketNumber.MAX_LENGTH);
  }

  /// Begins a Handshake packet.
  public ByteBuffer beginHandshake(
      int offset, int size, long destination, long source, long packetNumber) {
    longHeader(PacketType.HANDSHAKE, offset, destination, source);
    return beginFrames(size, packetNumber, PacketNumber.MAX_LENGTH);
  }

  /// Begins a Retry packet; what is put into the room is the token.
  ///
  /// @param source the connection id that the client's next Initial packet goes to
  public ByteBuffer beginRetry(int offset, int size, long destination, long source) {
    longHeader(PacketType.RETRY, offset, destination, source);
    return beginFrames(size, Layout.RETRY_NUMBER, PacketNumber.MAX_LENGTH);
  }

  /// Begins a one-way Close packet; one CLOSE frame goes into it.
  public ByteBuffer beginClose(int offset, int size, long destination, long source) {
    longHeader(PacketType.CLOSE, offset, destination, source);
    return beginFrames(size, Layout.CLOSE_NUMBER, PacketNumber.MAX_LENGTH);
  }

  private void longHeader(PacketType type, int offset, long destination, long source) {
    header(type, offset, destination);
    Layout.writeInt(bytes, offset + Layout.VERSION_AT, Layout.VERSION);
    Layout.writeLong(bytes, offset + Layout.SOURCE_AT, source);
    numberOffset = offset + Layout.LONG_FIELDS_END;
  }

  private void header(PacketType type, int offset, long destination) {
    start = offset;
    bytes[offset] = (byte) type.firstByte();
    Layout.writeLong(bytes, offset + Layout.DESTINATION_AT, destination);
  }

  private ByteBuffer beginFrames(int size, long packetNumber, int length) {
    number = packetNumber;
    numberLength = length;
    bytes[start] |= (byte) (length - 1);
    for (int i = 0; i < length; i++) {
      bytes[numberOffset + i] = (byte) (packetNumber >>> (8 * (length - 1 - i)));
    }
    return frames.limit(start + size - Layout.TAG_BYTES).position(numberOffset + length);
  }

  /// Fills up with PADDING frames until the finished packet has this size.
  public void pad(int size) {
    int until = start + size - Layout.TAG_BYTES;
    if (until > frames.position()) {
      Arrays.fill(bytes, frames.position(), until, (byte) 0);
      frames.limit(until).position(until);
    }
  }

  /// Whether no frame has been written yet.
  public boolean isEmpty() {
    return frames.position() == numberOffset + numberLength;
  }

  /// Ends the frames: pads to what header protection samples, and writes the length of the packet.
  /// For the keys, who then seal what lies between the payload and [#end()].
  public void finish() {
    int sampled = numberOffset + PacketNumber.MAX_LENGTH;
    if (frames.position() < sampled) {
      pad(sampled + Layout.TAG_BYTES - start);
    }
    Layout.writeShort(bytes, start + Layout.LENGTH_AT, end() - start);
  }

  /// Where the packet ends once it is sealed; the next one may begin here.
  public int end() {
    return frames.position() + Layout.TAG_BYTES;
  }

  /// Where the frames end; for the keys.
  public int payloadEnd() {
    return frames.position();
  }

  public long number() {
    return number;
  }

  /// The buffer that the offsets below point into; for the keys.
  public byte[] bytes() {
    return bytes;
  }

  /// Where the header begins.
  public int start() {
    return start;
  }

  /// Where the packet number begins; for the keys.
  public int numberOffset() {
    return numberOffset;
  }

  /// Where the frames begin; for the keys.
  public int payloadOffset() {
    return numberOffset + numberLength;
  }
}
