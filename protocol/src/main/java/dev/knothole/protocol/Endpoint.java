package dev.knothole.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/// An IP address and a UDP port that a datagram can come from or go to. Never a host name: nothing
/// that arrives over the network makes this program ask DNS.
///
/// Ordered by its bytes, so that a hash map of addresses stays quick even when a stranger chooses
/// addresses of one hash, which is easy with IPv6.
///
/// @param port 1 to 65535
public record Endpoint(InetAddress address, int port) implements Comparable<Endpoint> {
  private static final Comparator<Endpoint> BY_BYTES =
      Comparator.comparing((Endpoint endpoint) -> endpoint.address.getAddress(), Arrays::compare)
          .thenComparingInt(Endpoint::port);

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

  public Endpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  public static Endpoint of(InetSocketAddress socketAddress) {
    return new Endpoint(socketAddress.getAddress(), socketAddress.getPort());
  }

  /// Reads `192.0.2.7:4000` or `[2001:db8::1]:4000`.
  ///
  /// @throws IllegalArgumentException for anything else, host names and scoped addresses included
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
      throw new IllegalArgumentException("not an address with a port");
    }
    String host = text.substring(0, colon);
    int port = Integer.parseInt(text.substring(colon + 1));
    if (host.startsWith("[") && host.endsWith("]")) {
      return new Endpoint(literal6(host.substring(1, host.length() - 1)), port);
    }
    if (!DOTTED_QUAD.matcher(host).matches()) {
      throw new IllegalArgumentException("not an IP address");
    }
    return new Endpoint(InetAddress.ofLiteral(host), port);
  }

  private static InetAddress literal6(String host) {
    if (host.indexOf(':') < 0 || host.indexOf('%') >= 0) {
      throw new IllegalArgumentException("not an IPv6 address");
    }
    return InetAddress.ofLiteral(host);
  }

  public boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public int compareTo(Endpoint other) {
    return BY_BYTES.compare(this, other);
  }

  @JsonValue
  @Override
  public String toString() {
    return isIpv6()
        ? "[" + Ipv6Text.of(address.getAddress()) + "]:" + port
        : address.getHostAddress() + ":" + port;
  }
}
