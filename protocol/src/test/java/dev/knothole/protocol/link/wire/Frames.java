package dev.knothole.protocol.link.wire;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes down what it is shown, and writes the same frames again.
final class Frames implements FrameVisitor {
  final List<String> seen = new ArrayList<>();
  final ByteBuffer again = ByteBuffer.allocate(8 * 65_536);

  static Frames read(PacketType type, byte[] payload) throws MalformedMessage {
    var frames = new Frames();
    var eliciting = new FrameReader().read(type, ByteBuffer.wrap(payload), frames);
    frames.seen.add(eliciting ? "eliciting" : "silent");
    return frames;
  }

  @Override
  public void ack(AckRanges ranges, long delayMicros) {
    seen.add("ack " + ranges + " after " + delayMicros);
    FrameWriter.ack(again, ranges, delayMicros);
  }

  @Override
  public void handshake(long offset, ByteBuffer bytes) {
    seen.add("handshake " + offset + " " + hex(bytes));
    FrameWriter.handshake(again, offset, bytes);
  }

  @Override
  public void stream(long stream, long offset, boolean fin, ByteBuffer bytes) {
    seen.add("stream " + stream + " " + offset + " " + fin + " " + hex(bytes));
    FrameWriter.stream(again, stream, offset, fin, bytes);
  }

  @Override
  public void datagram(ByteBuffer bytes) {
    seen.add("datagram " + hex(bytes));
    FrameWriter.datagram(again, bytes);
  }

  @Override
  public void frame(Frame frame) {
    seen.add(frame.toString());
    FrameWriter.frame(again, frame);
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return HexFormat.of().formatHex(copy);
  }
}
