package dev.knothole.protocol.link.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `struct sockaddr_in` and `struct sockaddr_in6` of Linux, and the addresses lately read from
/// them, so that receiving makes no garbage while few peers take turns.
final class NativeAddress {
  static final int MAX_BYTES = 28;

  private static final int INET_BYTES = 16;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int PORT_AT = 2;
  private static final int ADDRESS4_AT = 4;
  private static final int ADDRESS6_AT = 8;
  private static final int SCOPE_AT = 24;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private static final ValueLayout.OfShort PORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong HALF = ValueLayout.JAVA_LONG_UNALIGNED;

  /// Peers that fall on one place cost an allocation per datagram, no more.
  private static final int REMEMBERED_BITS = 6;

  private final @Nullable Known[] known = new Known[1 << REMEMBERED_BITS];

  private record Known(long high, long low, int port, int scope, InetSocketAddress address) {
    boolean is(long otherHigh, long otherLow, int otherPort, int otherScope) {
      return high == otherHigh && low == otherLow && port == otherPort && scope == otherScope;
    }
  }

  /// @param of the family of the socket that the result is for
  /// @return the length of the address, or 0 if a socket of that family cannot reach it
  static int write(InetSocketAddress address, Family of, MemorySegment to) {
    InetAddress host = address.getAddress();
    if (host == null || (of == Family.INET && !(host instanceof Inet4Address))) {
      return 0;
    }
    to.fill((byte) 0);
    to.set(JAVA_SHORT, 0, (short) (of == Family.INET ? AF_INET : AF_INET6));
    to.set(PORT, PORT_AT, (short) address.getPort());
    byte[] bytes = host.getAddress();
    if (of == Family.INET) {
      put(to, ADDRESS4_AT, bytes);
      return INET_BYTES;
    }
    if (host instanceof Inet6Address six) {
      to.set(JAVA_INT, SCOPE_AT, six.getScopeId());
      put(to, ADDRESS6_AT, bytes);
    } else {
      put(to, ADDRESS6_AT, MAPPED);
      put(to, ADDRESS6_AT + MAPPED.length, bytes);
    }
    return MAX_BYTES;
  }

  private static void put(MemorySegment to, int at, byte[] bytes) {
    MemorySegment.copy(bytes, 0, to, JAVA_BYTE, at, bytes.length);
  }

  /// The family that an address in memory says it is of.
  static @Nullable Family family(MemorySegment from) {
    return switch (from.get(JAVA_SHORT, 0)) {
      case AF_INET -> Family.INET;
      case AF_INET6 -> Family.INET6;
      default -> null;
    };
  }

  /// @return null if that is no address of the internet
  @Nullable InetSocketAddress read(MemorySegment from) {
    Family family = family(from);
    if (family == null) {
      return null;
    }
    boolean six = family == Family.INET6;
    long high = six ? from.get(HALF, ADDRESS6_AT) : 0;
    long low = six ? from.get(HALF, ADDRESS6_AT + Long.BYTES) : from.get(JAVA_INT, ADDRESS4_AT);
    int scope = six ? from.get(JAVA_INT, SCOPE_AT) : 0;
    int port = Short.toUnsignedInt(from.get(PORT, PORT_AT));
    int place = place(high, low, port);
    Known there = known[place];
    if (there == null || !there.is(high, low, port, scope)) {
      there = new Known(high, low, port, scope, new InetSocketAddress(host(from, six), port));
      known[place] = there;
    }
    return there.address;
  }

  /// Neighbours differ in the last byte, which is the top one of `low`: fold it down, multiply by
  /// the golden ratio, take the bits at the top, which all others had a part in.
  private static int place(long high, long low, int port) {
    long mixed = (high * 31 + low) * 31 + port;
    mixed = (mixed ^ (mixed >>> 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> (Long.SIZE - REMEMBERED_BITS));
  }

  private static InetAddress host(MemorySegment from, boolean six) {
    byte[] bytes = new byte[six ? 16 : 4];
    MemorySegment.copy(from, JAVA_BYTE, six ? ADDRESS6_AT : ADDRESS4_AT, bytes, 0, bytes.length);
    int scope = six ? from.get(JAVA_INT, SCOPE_AT) : 0;
    try {
      return scope == 0 || Arrays.equals(MAPPED, 0, MAPPED.length, bytes, 0, MAPPED.length)
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("4 and 16 bytes are an address", impossible);
    }
  }
}
