package dev.knothole.protocol.link;

import dev.knothole.protocol.link.wire.AckRanges;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Frames that no honest peer would send now: real ones with a few bytes changed, and well-formed
/// ones that say anything.
final class Lies {
  private static final int ROOM = 1300;

  private final Choices choices;

  Lies(Choices choices) {
    this.choices = choices;
  }

  byte[] instead(byte[] honest) {
    return switch (choices.next(8)) {
      case 0 -> changed(honest.clone());
      case 1 -> Arrays.copyOf(honest, choices.next(honest.length + 1));
      case 2 -> joined(honest, anything());
      case 3 -> joined(anything(), honest);
      case 4 -> anything();
      default -> honest;
    };
  }

  private byte[] changed(byte[] bytes) {
    for (int i = 1 + choices.next(4); i > 0 && bytes.length > 0; i--) {
      bytes[choices.next(Math.min(bytes.length, 64))] = (byte) choices.next(256);
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private byte[] anything() {
    var out = ByteBuffer.allocate(ROOM);
    for (int frames = 1 + choices.next(4); frames > 0 && out.remaining() > 300; frames--) {
      write(out);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private void write(ByteBuffer out) {
    switch (choices.next(8)) {
      case 0, 1 -> {
        var bytes = ByteBuffer.allocate(choices.next(200));
        FrameWriter.stream(out, stream(), number(60_000), choices.oneIn(5), bytes);
      }
      case 2 -> FrameWriter.datagram(out, ByteBuffer.allocate(choices.next(200)));
      case 3 -> acknowledge(out);
      case 4 -> {
        for (int i = choices.next(20); i > 0; i--) {
          out.put((byte) choices.next(256));
        }
      }
      default -> FrameWriter.frame(out, frame());
    }
  }

  private void acknowledge(ByteBuffer out) {
    var ranges = new AckRanges();
    long largest = 200 + number(100);
    for (int i = choices.next(4); i >= 0 && largest >= 40; i--) {
      long smallest = largest - choices.next(20);
      ranges.add(smallest, largest);
      largest = smallest - 2 - choices.next(20);
    }
    FrameWriter.ack(out, ranges, number(100_000));
  }

  private Frame frame() {
    return switch (choices.next(13)) {
      case 0 -> new Frame.Ping();
      case 1 -> new Frame.StreamReset(stream(), number(100), number(60_000));
      case 2 -> new Frame.StreamStop(stream(), number(100));
      case 3 -> new Frame.MaxData(number(2_000_000));
      case 4 -> new Frame.MaxStreamData(stream(), number(2_000_000));
      case 5 -> new Frame.MaxStreams(number(300));
      case 6 -> new Frame.DataBlocked(number(2_000_000));
      case 7 -> new Frame.StreamDataBlocked(stream(), number(2_000_000));
      case 8 -> new Frame.PathChallenge(choices.next(1000));
      case 9 -> new Frame.PathResponse(choices.next(1000));
      case 10 -> choices.oneIn(4) ? new Frame.Close(number(100), "so") : new Frame.Ping();
      case 11 -> new Frame.HandshakeDone();
      default -> new Frame.ImmediateAck();
    };
  }

  private long stream() {
    return number(40);
  }

  /// Mostly near to what is allowed, sometimes anything.
  private long number(int near) {
    return choices.oneIn(16) ? (1L << (16 + choices.next(46))) - 1 : choices.next(near);
  }
}
