package dev.knothole.protocol.link.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The kernel's handle of a bound channel; good until the channel is closed.
record Descriptor(int number, Family family) {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/fd");

  private static final int SOL_SOCKET = 1;
  private static final int SO_PROTOCOL = 38;
  private static final int IPPROTO_UDP = 17;

  private static final int IPPROTO_IP = 0;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MTU_DISCOVER = 23;

  /// Never fragment, and believe no router's word about the MTU: whoever forges one could else
  /// keep this machine from sending anything longer than 552 bytes. The link probes by itself.
  private static final int PMTUDISC_PROBE = 3;

  /// Whether the numbers and layouts in this package are those of this machine, and whether the
  /// program may call C; asking for it without leave writes a warning over the screen.
  static boolean canBeFound() {
    String processor = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").equals("Linux")
        && (processor.equals("amd64") || processor.equals("aarch64"))
        && Descriptor.class.getModule().isNativeAccessEnabled();
  }

  /// Looks through this process for the one socket that is bound to the channel's address: two
  /// that are cannot be, unless somebody duplicated it or shares the port, and then none is taken.
  static Optional<Descriptor> of(DatagramChannel channel) throws IOException {
    if (!(channel.getLocalAddress() instanceof InetSocketAddress address)) {
      return Optional.empty();
    }
    List<Descriptor> bound = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(OF_THIS_PROCESS)) {
      for (Path one : all) {
        if (isSocket(one)) {
          boundTo(address, Integer.parseInt(one.getFileName().toString())).ifPresent(bound::add);
        }
      }
    }
    return bound.size() == 1 ? Optional.of(bound.getFirst()) : Optional.empty();
  }

  private static boolean isSocket(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static Optional<Descriptor> boundTo(InetSocketAddress address, int number) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(NativeAddress.MAX_BYTES, Long.BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_INT, NativeAddress.MAX_BYTES);
      MemorySegment error = arena.allocate(Long.BYTES, Long.BYTES);
      if (SocketCalls.getsockname(number, name, length, error) != 0) {
        return Optional.empty();
      }
      Family family = NativeAddress.family(name);
      return family != null && address.equals(new NativeAddress().read(name))
          ? Optional.of(new Descriptor(number, family)).filter(Descriptor::isUdp)
          : Optional.empty();
    }
  }

  /// Each option exists on sockets of its family, and on those for both families both do.
  void probePathMtu() {
    set(IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_PROBE);
    if (family == Family.INET6) {
      set(IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_PROBE);
    }
  }

  /// A TCP socket may have the same port.
  private boolean isUdp() {
    return option(SOL_SOCKET, SO_PROTOCOL).equals(OptionalInt.of(IPPROTO_UDP));
  }

  /// Sets an option whose value is an `int`.
  ///
  /// @return whether the kernel took it
  boolean set(int level, int option, int value) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(Long.BYTES, Long.BYTES);
      MemorySegment wanted = arena.allocateFrom(JAVA_INT, value);
      return SocketCalls.setsockopt(number, level, option, wanted, error) == 0;
    }
  }

  /// An option whose value is an `int`, if the kernel has it.
  OptionalInt option(int level, int option) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(Long.BYTES, Long.BYTES);
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
      return SocketCalls.getsockopt(number, level, option, value, length, error) == 0
          ? OptionalInt.of(value.get(JAVA_INT, 0))
          : OptionalInt.empty();
    }
  }
}
