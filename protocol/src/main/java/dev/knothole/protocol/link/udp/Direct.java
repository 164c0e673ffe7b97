package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.Route;
import dev.knothole.protocol.link.recovery.MtuSearch;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// The route straight to an address.
///
/// @param address with a resolved host
public record Direct(InetSocketAddress address) implements Route {
  public Direct {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("no address is known of " + address);
    }
  }

  @Override
  public int maxDatagram() {
    return address.getAddress() instanceof Inet4Address ? MtuSearch.MAX_IPV4 : MtuSearch.MAX_IPV6;
  }

  @Override
  public byte[] encoded() {
    byte[] host = address.getAddress().getAddress();
    return ByteBuffer.allocate(host.length + Integer.BYTES)
        .put(host)
        .putInt(address.getPort())
        .array();
  }
}
