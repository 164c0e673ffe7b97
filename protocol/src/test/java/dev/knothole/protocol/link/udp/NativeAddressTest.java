package dev.knothole.protocol.link.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeAddressTest {
  private final MemorySegment memory = Arena.ofAuto().allocate(NativeAddress.MAX_BYTES, 8);
  private final NativeAddress addresses = new NativeAddress();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "255.255.255.255", "0.0.0.0", "203.0.113.7"})
  void an_ipv4_address_survives_in_either_family(String host) {
    for (int port : new int[] {1, 255, 256, 40_123, 65_535}) {
      var address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
      assertEquals(16, NativeAddress.write(address, Family.INET, memory));
      assertEquals(address, addresses.read(memory));
      assertEquals(28, NativeAddress.write(address, Family.INET6, memory));
      assertEquals(address, addresses.read(memory));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::", "2001:db8::7", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
  void an_ipv6_address_survives_and_is_beyond_an_ipv4_socket(String host) {
    var address = new InetSocketAddress(InetAddress.ofLiteral(host), 40_123);
    assertEquals(0, NativeAddress.write(address, Family.INET, memory));
    assertEquals(28, NativeAddress.write(address, Family.INET6, memory));
    assertEquals(address, addresses.read(memory));
  }

  @Test
  void a_link_local_address_keeps_its_interface() throws UnknownHostException {
    byte[] bytes = InetAddress.ofLiteral("fe80::7").getAddress();
    for (int scope : new int[] {1, 2}) {
      var address = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, scope), 4000);
      NativeAddress.write(address, Family.INET6, memory);
      var read = addresses.read(memory);
      assertEquals(address, read);
      assertSame(read, addresses.read(memory));
    }
  }

  @Test
  void peers_that_take_turns_stay_the_same_objects() {
    InetSocketAddress[] known = new InetSocketAddress[3];
    for (int round = 0; round < 9; round++) {
      int peer = round % known.length;
      var address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + peer), 4000);
      NativeAddress.write(address, Family.INET6, memory);
      var read = addresses.read(memory);
      if (round < known.length) {
        known[peer] = read;
      }
      assertSame(known[peer], read);
    }
  }

  @Test
  void any_order_of_any_peers_is_read_rightly() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = {10, 0, 0, (byte) random.nextInt(16)};
      var address = new InetSocketAddress(of(bytes), 4000 + random.nextInt(16));
      NativeAddress.write(address, Family.INET6, memory);
      assertEquals(address, addresses.read(memory), () -> "seed " + seed);
    }
  }

  @Test
  void another_family_is_none() {
    memory.fill((byte) 1);
    assertNull(addresses.read(memory));
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
