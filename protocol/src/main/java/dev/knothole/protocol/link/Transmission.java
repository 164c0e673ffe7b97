package dev.knothole.protocol.link;

import dev.knothole.protocol.link.wire.AckRanges;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a connection wants sent: datagrams for one route, one behind the other, all of one size but
/// for the last, which may be shorter, as segmentation offload wants them. One is filled again and
/// again.
public final class Transmission {
  private final byte[] bytes;
  private final int maxSegments;
  private final OutgoingPacket packet;
  private final AckRanges ranges = new AckRanges();
  private @Nullable Route route;
  private @Nullable Route duplicate;
  private int length;
  private int segmentBytes;

  /// @param capacity bytes in all; at least a datagram of the largest size in use
  /// @param maxSegments datagrams in all; 1 without segmentation offload
  public Transmission(int capacity, int maxSegments) {
    bytes = new byte[capacity];
    this.maxSegments = maxSegments;
    packet = new OutgoingPacket(bytes);
  }

  /// The datagrams lie in here from 0 up to [#length()].
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /// The size of each datagram but the last.
  public int segmentBytes() {
    return segmentBytes;
  }

  public Route route() {
    return Objects.requireNonNull(route);
  }

  /// A second route that the same datagrams go to, or null.
  public @Nullable Route duplicate() {
    return duplicate;
  }

  void begin(Route to, @Nullable Route alsoTo) {
    route = to;
    duplicate = alsoTo;
    length = 0;
    segmentBytes = 0;
  }

  /// One datagram that was made elsewhere.
  void whole(Route to, byte[] datagram, int size) {
    begin(to, null);
    System.arraycopy(datagram, 0, bytes, 0, size);
    length = size;
    segmentBytes = size;
  }

  /// How many bytes there is room for in datagrams of this size.
  int capacity(int size) {
    return Math.min(maxSegments, bytes.length / size) * size;
  }

  /// Whether another datagram of this size may follow.
  boolean hasRoomFor(int size) {
    if (length == 0) {
      return size <= bytes.length;
    }
    boolean isRegular = length % segmentBytes == 0 && size <= segmentBytes;
    return isRegular && length + size <= bytes.length && length / segmentBytes < maxSegments;
  }

  /// The packet that is just being built ends the datagram that began where the last one ended.
  void endDatagram() {
    int size = packet.end() - length;
    segmentBytes = length == 0 ? size : segmentBytes;
    length = packet.end();
  }

  boolean isEmpty() {
    return length == 0;
  }

  OutgoingPacket packet() {
    return packet;
  }

  /// Scratch space for an acknowledgement.
  AckRanges ranges() {
    return ranges;
  }
}
