package dev.knothole.client.shell;

import dev.knothole.protocol.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tinylog.Logger;

/// Where a peer in the same network might reach us (host candidates; RFC 8445, section 5.1.1.1).
final class LocalAddresses {
  private LocalAddresses() {}

  /// @param port of our socket; with zero there are none
  static List<Endpoint> of(int port) {
    if (port == 0) {
      return List.of();
    }
    try (var interfaces = NetworkInterface.networkInterfaces()) {
      return interfaces
          .filter(LocalAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(LocalAddresses::isUseful)
          .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .map(address -> new Endpoint(address, port))
          .toList();
    } catch (SocketException e) {
      Logger.debug("no local addresses: {}", e.getMessage());
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  /// Addresses of a link alone need the name of an interface, which means nothing to a peer.
  private static boolean isUseful(InetAddress address) {
    return Stream.of(
            address.isLinkLocalAddress(), address.isAnyLocalAddress(), address.isMulticastAddress())
        .noneMatch(Boolean::booleanValue);
  }
}
