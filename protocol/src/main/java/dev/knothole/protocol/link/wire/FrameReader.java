package dev.knothole.protocol.link.wire;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads the frames of an opened packet; one is reused for all packets.
public final class FrameReader {
  private static final Frame.Ping PING = new Frame.Ping();
  private static final Frame.HandshakeDone HANDSHAKE_DONE = new Frame.HandshakeDone();
  private static final Frame.ImmediateAck IMMEDIATE_ACK = new Frame.ImmediateAck();

  private final AckRanges ranges = new AckRanges();

  /// Shows all frames to the visitor; what was shown before a malformed one stays shown.
  ///
  /// @param type of the packet: before there are keys only the frames of the handshake may come,
  ///     and a one-way close says nothing but that
  /// @return whether the packet asks for an acknowledgement (RFC 9002, section 2)
  public boolean read(PacketType type, ByteBuffer payload, FrameVisitor visitor)
      throws MalformedMessage {
    if (!payload.hasRemaining()) {
      throw new MalformedMessage("a packet without frames");
    }
    boolean eliciting = false;
    while (payload.hasRemaining()) {
      int frame = payload.get() & 0xFF;
      if (!isAllowed(frame, type)) {
        throw new MalformedMessage("a frame that this packet may not carry");
      }
      eliciting |= isEliciting(frame);
      read(frame, payload, visitor);
    }
    return eliciting;
  }

  private static boolean isAllowed(int frame, PacketType packet) {
    return switch (packet) {
      case INITIAL, HANDSHAKE ->
          frame <= FrameType.ACK || frame == FrameType.HANDSHAKE || frame == FrameType.CLOSE;
      case CLOSE -> frame == FrameType.PADDING || frame == FrameType.CLOSE;
      case RETRY -> false;
      case DATA -> frame != FrameType.HANDSHAKE;
    };
  }

  private static boolean isEliciting(int frame) {
    return frame != FrameType.PADDING && frame != FrameType.ACK && frame != FrameType.CLOSE;
  }

  private void read(int frame, ByteBuffer in, FrameVisitor visitor) throws MalformedMessage {
    if ((frame & ~0x07) == FrameType.STREAM) {
      readStream(frame, in, visitor);
      return;
    }
    switch (frame) {
      case FrameType.PADDING -> skipPadding(in);
      case FrameType.ACK -> readAck(in, visitor);
      case FrameType.HANDSHAKE -> {
        long offset = Varint.read(in);
        slice(in, Varint.readLength(in), bytes -> visitor.handshake(offset, bytes));
      }
      case FrameType.DATAGRAM -> slice(in, in.remaining(), visitor::datagram);
      case FrameType.DATAGRAM | FrameType.DATAGRAM_LENGTH_BIT ->
          slice(in, Varint.readLength(in), visitor::datagram);
      default -> visitor.frame(readRare(frame, in));
    }
  }

  private static void skipPadding(ByteBuffer in) {
    while (in.hasRemaining() && in.get(in.position()) == FrameType.PADDING) {
      in.get();
    }
  }

  private static void readStream(int frame, ByteBuffer in, FrameVisitor visitor)
      throws MalformedMessage {
    long stream = Varint.read(in);
    long offset = (frame & FrameType.OFFSET_BIT) != 0 ? Varint.read(in) : 0;
    int length = (frame & FrameType.LENGTH_BIT) != 0 ? Varint.readLength(in) : in.remaining();
    if (offset > Varint.MAX - length) {
      throw new MalformedMessage("a stream beyond its end");
    }
    int end = in.limit();
    in.limit(in.position() + length);
    visitor.stream(stream, offset, (frame & FrameType.FIN_BIT) != 0, in);
    in.position(in.limit()).limit(end);
  }

  private interface Slice {
    void show(ByteBuffer bytes) throws MalformedMessage;
  }

  private static void slice(ByteBuffer in, int length, Slice slice) throws MalformedMessage {
    int end = in.limit();
    in.limit(in.position() + length);
    slice.show(in);
    in.position(in.limit()).limit(end);
  }

  private void readAck(ByteBuffer in, FrameVisitor visitor) throws MalformedMessage {
    long to = Varint.read(in);
    long delayMicros = Varint.read(in);
    long more = Varint.read(in);
    if (more >= AckRanges.MAX_RANGES) {
      throw new MalformedMessage("too many ranges");
    }
    ranges.clear();
    long from = below(to, Varint.read(in));
    ranges.add(from, to);
    for (int i = 0; i < more; i++) {
      to = below(from, Varint.read(in) + 2);
      from = below(to, Varint.read(in));
      ranges.add(from, to);
    }
    visitor.ack(ranges, delayMicros);
  }

  private static long below(long number, long distance) throws MalformedMessage {
    if (distance > number) {
      throw new MalformedMessage("a packet number below zero");
    }
    return number - distance;
  }

  private static Frame readRare(int frame, ByteBuffer in) throws MalformedMessage {
    return switch (frame) {
      case FrameType.PING -> PING;
      case FrameType.STREAM_RESET ->
          new Frame.StreamReset(Varint.read(in), Varint.read(in), Varint.read(in));
      case FrameType.STREAM_STOP -> new Frame.StreamStop(Varint.read(in), Varint.read(in));
      case FrameType.MAX_DATA -> new Frame.MaxData(Varint.read(in));
      case FrameType.MAX_STREAM_DATA -> new Frame.MaxStreamData(Varint.read(in), Varint.read(in));
      case FrameType.MAX_STREAMS -> new Frame.MaxStreams(Varint.read(in));
      case FrameType.DATA_BLOCKED -> new Frame.DataBlocked(Varint.read(in));
      case FrameType.STREAM_DATA_BLOCKED ->
          new Frame.StreamDataBlocked(Varint.read(in), Varint.read(in));
      case FrameType.PATH_CHALLENGE -> new Frame.PathChallenge(readToken(in));
      case FrameType.PATH_RESPONSE -> new Frame.PathResponse(readToken(in));
      case FrameType.CLOSE -> new Frame.Close(Varint.read(in), readReason(in));
      case FrameType.HANDSHAKE_DONE -> HANDSHAKE_DONE;
      case FrameType.IMMEDIATE_ACK -> IMMEDIATE_ACK;
      default -> throw new MalformedMessage("an unknown frame");
    };
  }

  private static long readToken(ByteBuffer in) throws MalformedMessage {
    if (in.remaining() < Long.BYTES) {
      throw new MalformedMessage("a path token is cut off");
    }
    return in.getLong();
  }

  private static String readReason(ByteBuffer in) throws MalformedMessage {
    int length = Varint.readLength(in);
    if (length > Frame.Close.MAX_REASON_BYTES) {
      throw new MalformedMessage("a reason is too long");
    }
    var text = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedMessage("a reason is not UTF-8");
    }
  }
}
