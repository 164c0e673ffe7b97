package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.link.Route;
import dev.knothole.protocol.link.recovery.MtuSearch;
import dev.knothole.protocol.talk.Circuit;
import java.nio.ByteBuffer;

/// How the packets of a link travel.
sealed interface Carriage extends Route {
  /// To an address: the relay's, or a peer's.
  record Straight(Endpoint address) implements Carriage {
    @Override
    public int maxDatagram() {
      return largest(address);
    }

    @Override
    public byte[] encoded() {
      return bytes(address, 0);
    }
  }

  /// To a peer, by way of the relay.
  record Through(Endpoint relay, Circuit circuit) implements Carriage {
    @Override
    public int maxDatagram() {
      return largest(relay) - Circuit.HEADER_BYTES;
    }

    @Override
    public byte[] encoded() {
      return bytes(relay, circuit.id());
    }
  }

  private static int largest(Endpoint address) {
    return address.isIpv6() ? MtuSearch.MAX_IPV6 : MtuSearch.MAX_IPV4;
  }

  private static byte[] bytes(Endpoint address, long circuit) {
    byte[] host = address.address().getAddress();
    return ByteBuffer.allocate(host.length + Integer.BYTES + Long.BYTES)
        .put(host)
        .putInt(address.port())
        .putLong(circuit)
        .array();
  }
}
