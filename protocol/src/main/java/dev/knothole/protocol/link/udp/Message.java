package dev.knothole.protocol.link.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A `struct msghdr` of 64-bit Linux with all it points to: one address, one piece of memory and
/// room for one control message. Reused; one thread at a time.
final class Message {
  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;
  private static final int UDP_GRO = 104;

  private static final int HEADER_BYTES = 56;
  private static final int NAME_AT = 0;
  private static final int NAME_LENGTH_AT = 8;
  private static final int PIECES_AT = 16;
  private static final int PIECE_COUNT_AT = 24;
  private static final int CONTROL_AT = 32;
  private static final int CONTROL_LENGTH_AT = 40;

  private static final int PIECE_BYTES = 16;
  private static final int PIECE_LENGTH_AT = 8;

  /// `struct cmsghdr`: length, level, type; then the value, of two bytes or four.
  private static final int CONTROL_BYTES = 24;

  private static final int LEVEL_AT = 8;
  private static final int TYPE_AT = 12;
  private static final int VALUE_AT = 16;

  private static final int ERROR_BYTES = 8;

  private final MemorySegment header;
  private final MemorySegment name;
  private final MemorySegment piece;
  private final MemorySegment control;
  private final MemorySegment memory;
  private final MemorySegment error;

  /// @param bytes direct; what is sent or received lies there, from its beginning
  Message(ByteBuffer bytes) {
    // Kept as long as this object: the kernel is given bare addresses.
    var arena = Arena.ofAuto();
    header = arena.allocate(HEADER_BYTES, Long.BYTES);
    name = arena.allocate(NativeAddress.MAX_BYTES, Long.BYTES);
    piece = arena.allocate(PIECE_BYTES, Long.BYTES);
    control = arena.allocate(CONTROL_BYTES, Long.BYTES);
    error = arena.allocate(ERROR_BYTES, Long.BYTES);
    memory = MemorySegment.ofBuffer(bytes.duplicate().clear());
    header.set(ADDRESS, NAME_AT, name);
    header.set(ADDRESS, PIECES_AT, piece);
    header.set(JAVA_LONG, PIECE_COUNT_AT, 1);
    header.set(ADDRESS, CONTROL_AT, control);
    piece.set(ADDRESS, 0, memory);
  }

  /// Where an address goes to or comes from.
  MemorySegment name() {
    return name;
  }

  /// Sends the first `length` bytes as datagrams of `segmentSize`, the last of what is left.
  ///
  /// @param nameLength of the address in [#name]
  /// @return the bytes sent, or the negative error number
  int send(int descriptor, int nameLength, int length, int segmentSize) {
    header.set(JAVA_INT, NAME_LENGTH_AT, nameLength);
    piece.set(JAVA_LONG, PIECE_LENGTH_AT, length);
    control.set(JAVA_LONG, 0, VALUE_AT + Short.BYTES);
    control.set(JAVA_INT, LEVEL_AT, SOL_UDP);
    control.set(JAVA_INT, TYPE_AT, UDP_SEGMENT);
    control.set(JAVA_SHORT, VALUE_AT, (short) segmentSize);
    header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
    return SocketCalls.sendmsg(descriptor, header, error);
  }

  /// Receives; the sender is in [#name] then.
  ///
  /// @return the bytes received, or the negative error number
  int receive(int descriptor) {
    header.set(JAVA_INT, NAME_LENGTH_AT, NativeAddress.MAX_BYTES);
    piece.set(JAVA_LONG, PIECE_LENGTH_AT, memory.byteSize());
    header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
    return SocketCalls.recvmsg(descriptor, header, error);
  }

  /// The length of the datagrams that were glued together, or `length` if it was a single one.
  int segmentSize(int length) {
    boolean told =
        header.get(JAVA_LONG, CONTROL_LENGTH_AT) >= VALUE_AT + Integer.BYTES
            && control.get(JAVA_INT, LEVEL_AT) == SOL_UDP
            && control.get(JAVA_INT, TYPE_AT) == UDP_GRO;
    return told ? control.get(JAVA_INT, VALUE_AT) : length;
  }
}
