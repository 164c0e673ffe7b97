package dev.knothole.protocol.link.wire;

import java.nio.charset.StandardCharsets;

/// The frames that are rare. Those that fill packets (STREAM, ACK, HANDSHAKE, DATAGRAM) are never
/// objects: [FrameWriter] writes them and [FrameVisitor] is shown them.
public sealed interface Frame {
  /// Asks for an acknowledgement and says nothing else.
  record Ping() implements Frame {}

  /// The sender gives up a stream that it was writing.
  ///
  /// @param finalSize the bytes it has used of the flow control windows
  record StreamReset(long stream, long code, long finalSize) implements Frame {}

  /// The reader of a stream wants no more of it.
  record StreamStop(long stream, long code) implements Frame {}

  /// The bytes of all streams together that the receiver allows.
  record MaxData(long limit) implements Frame {}

  /// The offset up to which the receiver allows bytes of a stream.
  record MaxStreamData(long stream, long limit) implements Frame {}

  /// How many streams the receiver of this frame may have opened in all.
  record MaxStreams(long limit) implements Frame {}

  /// The sender would go on but for the window of the connection.
  record DataBlocked(long limit) implements Frame {}

  /// The sender would go on but for the window of the stream.
  record StreamDataBlocked(long stream, long limit) implements Frame {}

  /// Asks over a path for [PathResponse] with the same eight bytes.
  record PathChallenge(long token) implements Frame {}

  record PathResponse(long token) implements Frame {}

  /// The connection is over.
  ///
  /// @param reason for people to read; at most [#MAX_REASON_BYTES] of UTF-8
  record Close(long code, String reason) implements Frame {
    public static final int MAX_REASON_BYTES = 256;

    public Close {
      if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
        throw new IllegalArgumentException("a reason is too long");
      }
    }
  }

  /// The server has authenticated the client and holds the keys.
  record HandshakeDone() implements Frame {}

  /// Asks for an acknowledgement at once, not after the usual delay
  /// (draft-ietf-quic-ack-frequency, section 5).
  record ImmediateAck() implements Frame {}
}
