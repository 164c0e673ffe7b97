package dev.knothole.protocol.link.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes frames into the room of an [OutgoingPacket]. The caller has asked for the size before.
public final class FrameWriter {
  private FrameWriter() {}

  /// Writes a STREAM frame that tells its length, so that others may follow it.
  ///
  /// @param bytes all that is between its position and limit
  public static void stream(
      ByteBuffer out, long stream, long offset, boolean fin, ByteBuffer bytes) {
    streamHeader(out, stream, offset, fin, bytes.remaining());
    out.put(bytes);
  }

  /// Writes a STREAM frame up to its bytes, which the caller puts behind it.
  public static void streamHeader(
      ByteBuffer out, long stream, long offset, boolean fin, int length) {
    int bits = FrameType.LENGTH_BIT | (fin ? FrameType.FIN_BIT : 0);
    out.put((byte) (FrameType.STREAM | bits | (offset > 0 ? FrameType.OFFSET_BIT : 0)));
    Varint.write(out, stream);
    if (offset > 0) {
      Varint.write(out, offset);
    }
    Varint.write(out, length);
  }

  /// The bytes of a STREAM frame in front of its content.
  public static int streamHeaderSize(long stream, long offset, int length) {
    int offsetSize = offset > 0 ? Varint.size(offset) : 0;
    return 1 + Varint.size(stream) + offsetSize + Varint.size(length);
  }

  public static void handshake(ByteBuffer out, long offset, ByteBuffer bytes) {
    out.put((byte) FrameType.HANDSHAKE);
    Varint.write(out, offset);
    Varint.write(out, bytes.remaining());
    out.put(bytes);
  }

  /// The bytes of a HANDSHAKE frame in front of its content.
  public static int handshakeHeaderSize(long offset, int length) {
    return 1 + Varint.size(offset) + Varint.size(length);
  }

  public static void datagram(ByteBuffer out, ByteBuffer bytes) {
    datagramHeader(out, bytes.remaining());
    out.put(bytes);
  }

  /// Writes a DATAGRAM frame up to its bytes, which the caller puts behind it.
  public static void datagramHeader(ByteBuffer out, int length) {
    out.put((byte) (FrameType.DATAGRAM | FrameType.DATAGRAM_LENGTH_BIT));
    Varint.write(out, length);
  }

  /// The bytes of a DATAGRAM frame with its content.
  public static int datagramSize(int length) {
    return 1 + Varint.size(length) + length;
  }

  /// Writes an ACK frame with as many of the ranges, from the largest downwards, as there is room
  /// for.
  ///
  /// @return false, and nothing written, if not even the first range has room
  public static boolean ack(ByteBuffer out, AckRanges ranges, long delayMicros) {
    int fitting = fittingRanges(out.remaining(), ranges, delayMicros);
    if (fitting == 0) {
      return false;
    }
    out.put((byte) FrameType.ACK);
    Varint.write(out, ranges.largest(0));
    Varint.write(out, delayMicros);
    Varint.write(out, fitting - 1);
    Varint.write(out, ranges.largest(0) - ranges.smallest(0));
    for (int i = 1; i < fitting; i++) {
      Varint.write(out, ranges.smallest(i - 1) - ranges.largest(i) - 2);
      Varint.write(out, ranges.largest(i) - ranges.smallest(i));
    }
    return true;
  }

  private static int fittingRanges(int room, AckRanges ranges, long delayMicros) {
    if (ranges.size() == 0) {
      return 0;
    }
    int size =
        1 + Varint.size(ranges.largest(0)) + Varint.size(delayMicros) + Varint.size(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      size += Varint.size(ranges.largest(i) - ranges.smallest(i));
      if (i > 0) {
        size += Varint.size(ranges.smallest(i - 1) - ranges.largest(i) - 2);
      }
      if (size > room) {
        return i;
      }
    }
    return ranges.size();
  }

  /// The bytes of a rare frame.
  public static int size(Frame frame) {
    return 1
        + switch (frame) {
          case Frame.Ping _, Frame.HandshakeDone _, Frame.ImmediateAck _ -> 0;
          case Frame.StreamReset(var stream, var code, var finalSize) ->
              Varint.size(stream) + Varint.size(code) + Varint.size(finalSize);
          case Frame.StreamStop(var stream, var code) -> Varint.size(stream) + Varint.size(code);
          case Frame.MaxData(var limit) -> Varint.size(limit);
          case Frame.MaxStreamData(var stream, var limit) ->
              Varint.size(stream) + Varint.size(limit);
          case Frame.MaxStreams(var limit) -> Varint.size(limit);
          case Frame.DataBlocked(var limit) -> Varint.size(limit);
          case Frame.StreamDataBlocked(var stream, var limit) ->
              Varint.size(stream) + Varint.size(limit);
          case Frame.PathChallenge _, Frame.PathResponse _ -> Long.BYTES;
          case Frame.Close(var code, var reason) -> {
            int length = reason.getBytes(StandardCharsets.UTF_8).length;
            yield Varint.size(code) + Varint.size(length) + length;
          }
        };
  }

  /// Writes a rare frame.
  public static void frame(ByteBuffer out, Frame frame) {
    switch (frame) {
      case Frame.Ping _ -> write(out, FrameType.PING);
      case Frame.StreamReset(var stream, var code, var finalSize) ->
          write(out, FrameType.STREAM_RESET, stream, code, finalSize);
      case Frame.StreamStop(var stream, var code) ->
          write(out, FrameType.STREAM_STOP, stream, code);
      case Frame.MaxData(var limit) -> write(out, FrameType.MAX_DATA, limit);
      case Frame.MaxStreamData(var stream, var limit) ->
          write(out, FrameType.MAX_STREAM_DATA, stream, limit);
      case Frame.MaxStreams(var limit) -> write(out, FrameType.MAX_STREAMS, limit);
      case Frame.DataBlocked(var limit) -> write(out, FrameType.DATA_BLOCKED, limit);
      case Frame.StreamDataBlocked(var stream, var limit) ->
          write(out, FrameType.STREAM_DATA_BLOCKED, stream, limit);
      case Frame.PathChallenge(var token) -> write(out, FrameType.PATH_CHALLENGE).putLong(token);
      case Frame.PathResponse(var token) -> write(out, FrameType.PATH_RESPONSE).putLong(token);
      case Frame.Close(var code, var reason) -> {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        write(out, FrameType.CLOSE, code, text.length).put(text);
      }
      case Frame.HandshakeDone _ -> write(out, FrameType.HANDSHAKE_DONE);
      case Frame.ImmediateAck _ -> write(out, FrameType.IMMEDIATE_ACK);
    }
  }

  private static ByteBuffer write(ByteBuffer out, int type, long... values) {
    out.put((byte) type);
    for (long value : values) {
      Varint.write(out, value);
    }
    return out;
  }
}
