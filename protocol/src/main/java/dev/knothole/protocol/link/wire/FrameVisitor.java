package dev.knothole.protocol.link.wire;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;

/// Is shown the frames of a packet in their order.
///
/// Buffers and ranges are views that hold during the call only. A visitor may refuse a frame that
/// is well-formed but impossible; the rest of the packet is then not read.
public interface FrameVisitor {
  /// @param delayMicros how long the peer kept the largest packet before it sent this
  void ack(AckRanges ranges, long delayMicros) throws MalformedMessage;

  void handshake(long offset, ByteBuffer bytes) throws MalformedMessage;

  void stream(long stream, long offset, boolean fin, ByteBuffer bytes) throws MalformedMessage;

  void datagram(ByteBuffer bytes) throws MalformedMessage;

  /// One of the rare frames.
  void frame(Frame frame) throws MalformedMessage;
}
