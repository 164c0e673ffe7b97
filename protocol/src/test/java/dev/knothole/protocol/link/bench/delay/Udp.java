package dev.knothole.protocol.link.bench.delay;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A socket on a port of loopback that speaks to one peer.
///
/// The structures are those of 64-bit Linux: `msghdr` of 56 bytes, `cmsghdr` of 16, `sockaddr_in`
/// of 16.
final class Udp implements AutoCloseable {
  /// The most that one call moves.
  static final int MOST_BYTES = 65_507;

  /// The most that one call may be cut into.
  static final int MOST_SEGMENTS = 64;

  private static final int IPV4 = 2;
  private static final int DATAGRAMS = 2;
  private static final int SOCKETS = 1;
  private static final int SEND_BUFFER_FORCE = 32;
  private static final int RECEIVE_BUFFER_FORCE = 33;
  private static final int UDP = 17;
  private static final int SEGMENT = 103;
  private static final int JOIN = 104;
  private static final int DO_NOT_WAIT = 0x40;
  private static final int BUFFER = 16 << 20;

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTOR = 16;
  private static final int VECTOR_LENGTH = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int MESSAGE_LENGTH = 56;
  private static final int CONTROL_ROOM = 64;
  private static final int ADDRESS_LENGTH = 16;
  private static final int CONTROL_HEAD = 16;

  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment peer = loopback(0);
  private final MemorySegment vector = arena.allocate(16, 8);
  private final MemorySegment control = arena.allocate(CONTROL_ROOM, 8);
  private final MemorySegment message = arena.allocate(MESSAGE_LENGTH, 8);
  private final int socket;
  private final int port;
  private int segment;

  private Udp(int socket) throws IOException {
    this.socket = socket;
    var buffer = arena.allocateFrom(JAVA_INT, BUFFER);
    if (!Kernel.option(socket, SOCKETS, RECEIVE_BUFFER_FORCE, buffer)
        || !Kernel.option(socket, SOCKETS, SEND_BUFFER_FORCE, buffer)) {
      throw new IOException("large socket buffers are for root only");
    }
    Kernel.option(socket, UDP, JOIN, arena.allocateFrom(JAVA_INT, 1));
    Kernel.bind(socket, loopback(0));
    var name = loopback(0);
    Kernel.name(socket, name, arena.allocateFrom(JAVA_INT, ADDRESS_LENGTH));
    this.port = portOf(name);
    message.set(ADDRESS, NAME, peer);
    message.set(ADDRESS, VECTOR, vector);
    message.set(JAVA_LONG, VECTOR_LENGTH, 1);
  }

  static Udp open() throws IOException {
    return new Udp(Kernel.socket(IPV4, DATAGRAMS));
  }

  private MemorySegment loopback(int port) {
    var address = arena.allocate(ADDRESS_LENGTH, 8);
    address.set(JAVA_SHORT, 0, (short) IPV4);
    address.set(NETWORK_SHORT, 2, (short) port);
    address.set(NETWORK_INT, 4, 0x7f000001);
    return address;
  }

  private static int portOf(MemorySegment address) {
    return Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
  }

  int descriptor() {
    return socket;
  }

  int port() {
    return port;
  }

  void speakTo(int peersPort) {
    peer.set(NETWORK_SHORT, 2, (short) peersPort);
  }

  /// Whoever was heard last is the peer.
  ///
  /// @return how many bytes lie in the room now; -1 if nothing waited
  int receive(MemorySegment room) throws IOException {
    message(room, CONTROL_ROOM);
    int count = Kernel.receive(socket, message, DO_NOT_WAIT);
    boolean joined =
        count > 0
            && message.get(JAVA_LONG, CONTROL_LENGTH) >= CONTROL_HEAD
            && control.get(JAVA_INT, 12) == JOIN;
    segment = joined ? control.get(JAVA_INT, CONTROL_HEAD) : count;
    return count;
  }

  /// How long each datagram of what was received last is; the very last may be shorter.
  int segment() {
    return segment;
  }

  /// Cuts the bytes into datagrams of that length.
  void send(MemorySegment bytes, int length) throws IOException {
    if (portOf(peer) == 0) {
      return;
    }
    boolean several = bytes.byteSize() > length;
    if (several) {
      control.set(JAVA_LONG, 0, CONTROL_HEAD + 2);
      control.set(JAVA_INT, 8, UDP);
      control.set(JAVA_INT, 12, SEGMENT);
      control.set(JAVA_SHORT, CONTROL_HEAD, (short) length);
    }
    message(bytes, several ? CONTROL_HEAD + 8 : 0);
    Kernel.send(socket, message);
  }

  private void message(MemorySegment bytes, int controlLength) {
    vector.set(ADDRESS, 0, bytes);
    vector.set(JAVA_LONG, 8, bytes.byteSize());
    message.set(JAVA_INT, NAME_LENGTH, ADDRESS_LENGTH);
    message.set(ADDRESS, CONTROL, controlLength == 0 ? MemorySegment.NULL : control);
    message.set(JAVA_LONG, CONTROL_LENGTH, controlLength);
    message.set(JAVA_INT, 48, 0);
  }

  @Override
  public void close() throws IOException {
    Kernel.close(socket);
    arena.close();
  }
}
