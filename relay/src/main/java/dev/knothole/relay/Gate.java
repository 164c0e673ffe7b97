package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.link.Route;
import dev.knothole.protocol.link.recovery.MtuSearch;
import java.nio.ByteBuffer;

/// How a client is reached: its address, and the socket of ours that it speaks to.
///
/// @param door answers leave through the same one, because a NAT lets nothing else in
record Gate(Endpoint address, int door) implements Route {
  @Override
  public int maxDatagram() {
    return address.isIpv6() ? MtuSearch.MAX_IPV6 : MtuSearch.MAX_IPV4;
  }

  @Override
  public byte[] encoded() {
    byte[] host = address.address().getAddress();
    return ByteBuffer.allocate(host.length + 2 * Integer.BYTES)
        .put(host)
        .putInt(address.port())
        .putInt(door)
        .array();
  }
}
