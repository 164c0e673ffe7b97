package dev.knothole.protocol.link.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// The sending half of a socket; one thread at a time.
final class Sender {
  /// What UDP_SEGMENT takes at once: UDP_MAX_SEGMENTS of the kernels before 6.9, and the longest
  /// datagram of IPv4.
  private static final int MAX_SEGMENTS = 64;

  /// Without this the link cannot be (RFC 9000, section 14).
  private static final int LEAST_MTU = 1200;

  private static final int MAX_BYTES = 65_507;

  /// How long a full send buffer is waited for. A path that drains none in this time loses some.
  private static final long PATIENCE_MILLIS = 10;

  private final DatagramChannel channel;
  private final Oversize oversize;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Batch.MAX_BYTES);
  private @Nullable Selector room;
  private @Nullable SegmentedSender segmented;
  private boolean asked;

  Sender(DatagramChannel channel) {
    this.channel = channel;
    oversize = new Oversize(channel);
  }

  /// Uses the kernel's offload from now on, if it is there and was not refused.
  void use(@Nullable Descriptor descriptor) {
    if (descriptor != null && !asked) {
      asked = true;
      segmented = new SegmentedSender(descriptor, bytes);
    }
  }

  boolean usesOffload() {
    return segmented != null;
  }

  Sent send(byte[] from, int offset, int length, int segmentSize, InetSocketAddress to) {
    int most = segmentSize * Math.clamp(MAX_BYTES / segmentSize, 1, MAX_SEGMENTS);
    int end = offset + length;
    Sent sent = Sent.SENT;
    int at = offset;
    do {
      int part = Math.min(most, end - at);
      sent = sent.and(sendPart(from, at, part, segmentSize, to));
      at += part;
    } while (at < end);
    return sent;
  }

  private Sent sendPart(byte[] from, int at, int length, int segmentSize, InetSocketAddress to) {
    if (length > bytes.capacity()) {
      return Sent.TOO_LARGE;
    }
    bytes.clear().put(from, at, length).flip();
    return segmented == null || length <= segmentSize
        ? oneByOne(length, segmentSize, to)
        : atOnce(segmented, length, segmentSize, to);
  }

  private Sent atOnce(SegmentedSender sender, int length, int segmentSize, InetSocketAddress to) {
    var outcome = sender.send(length, segmentSize, to);
    if (outcome == SegmentedSender.Outcome.FULL && awaitRoom()) {
      outcome = sender.send(length, segmentSize, to);
    }
    return switch (outcome) {
      case SENT -> Sent.SENT;
      case FULL, LOST -> Sent.LOST;
      case REFUSED -> afterRefusal(length, segmentSize, to);
    };
  }

  /// If they go one by one it was the offload that the kernel refused, else their size.
  private Sent afterRefusal(int length, int segmentSize, InetSocketAddress to) {
    Sent sent = oneByOne(length, segmentSize, to);
    if (sent == Sent.SENT) {
      segmented = null;
    }
    return sent;
  }

  private Sent oneByOne(int length, int segmentSize, InetSocketAddress to) {
    Sent sent = Sent.SENT;
    int at = 0;
    do {
      int end = Math.min(length, at + segmentSize);
      sent = sent.and(sendOne(at, end, to));
      at = end;
    } while (at < length);
    return sent;
  }

  private Sent sendOne(int at, int end, InetSocketAddress to) {
    Sent sent = trySend(at, end, to);
    return sent == Sent.TOO_LARGE && end - at <= LEAST_MTU && fragment()
        ? trySend(at, end, to)
        : sent;
  }

  /// There are paths, and forged words of routers, that leave the link too little. Better
  /// fragments than no link; its search for a larger MTU then finds what fragments make of it.
  private boolean fragment() {
    try {
      channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, false);
      return true;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  private Sent trySend(int at, int end, InetSocketAddress to) {
    try {
      return isTaken(at, end, to) || (awaitRoom() && isTaken(at, end, to)) ? Sent.SENT : Sent.LOST;
    } catch (SocketException refused) {
      return oversize.is(refused) ? Sent.TOO_LARGE : Sent.LOST;
    } catch (IOException | UnsupportedAddressTypeException | UnresolvedAddressException noWay) {
      // Closed meanwhile, no route, or IPv6 on a machine without it.
      return Sent.LOST;
    }
  }

  /// The channel takes all or nothing; it moves the position only if something was sent, and an
  /// empty datagram does not say whether it was.
  private boolean isTaken(int at, int end, InetSocketAddress to) throws IOException {
    return channel.send(bytes.limit(end).position(at), to) > 0 || at == end;
  }

  /// @return false if there is none in time, or the thread was interrupted
  private boolean awaitRoom() {
    try {
      if (room == null) {
        room = Selector.open();
        channel.register(room, SelectionKey.OP_WRITE);
      }
      int ready = room.select(PATIENCE_MILLIS);
      room.selectedKeys().clear();
      return ready > 0;
    } catch (IOException outOfDescriptors) {
      return false;
    }
  }

  void close() {
    try {
      if (room != null) {
        room.close();
      }
    } catch (IOException _) {
      // Nothing is left that could be done about it.
    }
  }
}
