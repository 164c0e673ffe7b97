package dev.knothole.protocol.stun;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// The value of XOR-MAPPED-ADDRESS, and of MAPPED-ADDRESS, which some old servers send alone (RFC
/// 8489, sections 14.1 and 14.2).
///
/// The exclusive or hides the address from NATs that rewrite whatever looks like one.
final class MappedAddress {
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int PORT_XOR = Stun.MAGIC_COOKIE >>> 16;

  private MappedAddress() {}

  static byte[] xored(Endpoint endpoint, TransactionId id) {
    byte[] address = xor(endpoint.address().getAddress(), id);
    return ByteBuffer.allocate(4 + address.length)
        .putShort((short) (endpoint.isIpv6() ? IPV6 : IPV4))
        .putShort((short) (endpoint.port() ^ PORT_XOR))
        .put(address)
        .array();
  }

  static Endpoint fromXored(byte[] value, TransactionId id) throws MalformedMessage {
    byte[] address = address(value);
    return endpoint(xor(address, id), port(value) ^ PORT_XOR);
  }

  static Endpoint fromPlain(byte[] value) throws MalformedMessage {
    return endpoint(address(value), port(value));
  }

  private static byte[] address(byte[] value) throws MalformedMessage {
    if (!(value.length == 8 && value[1] == IPV4) && !(value.length == 20 && value[1] == IPV6)) {
      throw new MalformedMessage("neither an IPv4 nor an IPv6 address");
    }
    byte[] address = new byte[value.length - 4];
    System.arraycopy(value, 4, address, 0, address.length);
    return address;
  }

  private static int port(byte[] value) {
    return ByteBuffer.wrap(value).getShort(2) & 0xFFFF;
  }

  private static Endpoint endpoint(byte[] address, int port) throws MalformedMessage {
    try {
      return new Endpoint(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new MalformedMessage("not an address with a port");
    }
  }

  private static byte[] xor(byte[] address, TransactionId id) {
    byte[] mask = ByteBuffer.allocate(16).putInt(Stun.MAGIC_COOKIE).put(id.bytes()).array();
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      masked[i] = (byte) (address[i] ^ mask[i]);
    }
    return masked;
  }
}
