package dev.knothole.protocol.link.udp;

import static dev.knothole.protocol.link.udp.UdpSocketTest.address;
import static dev.knothole.protocol.link.udp.UdpSocketTest.assertDatagrams;
import static dev.knothole.protocol.link.udp.UdpSocketTest.cut;
import static dev.knothole.protocol.link.udp.UdpSocketTest.open;
import static dev.knothole.protocol.link.udp.UdpSocketTest.random;
import static dev.knothole.protocol.link.udp.UdpSocketTest.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What only Linux does, against the kernel that runs the test: its refusals are its own, brought
/// about with options of the socket.
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OffloadTest {
  private static final String FOUR = "127.0.0.1";
  private static final String SIX = "::1";

  private static final int SOL_SOCKET = 1;
  private static final int SO_NO_CHECK = 11;
  private static final int IPPROTO_IP = 0;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MTU_DISCOVER = 23;
  private static final int IPV6_MTU = 24;
  private static final int PROBE = 3;

  @BeforeEach
  void needs_linux() {
    assumeTrue(Descriptor.canBeFound());
  }

  @Test
  void the_kernel_cuts_and_glues() throws IOException {
    try (var sender = open(FOUR, Offload.AT_ONCE);
        var receiver = open(FOUR, Offload.AT_ONCE)) {
      assertTrue(sender.segmentsWhatIsSent());
      send(receiver, "so that the receiver asks for glue", receiver.address());
      receive(receiver, 1);
      sender.send(random(10_500), 0, 10_500, 1000, receiver.address());
      var batch = new Batch();
      assertTrue(receiver.receive(batch));
      assertEquals(10_500, batch.length());
      assertEquals(1000, batch.segmentSize());
      assertEquals(1000, batch.lengthAt(9000));
      assertEquals(500, batch.lengthAt(10_000));
    }
  }

  @Test
  void without_checksums_the_kernel_refuses_and_everything_goes_one_by_one() throws IOException {
    try (var sender = open(FOUR, Offload.AT_ONCE);
        var receiver = open(FOUR, Offload.AT_ONCE)) {
      assertTrue(descriptor(sender).set(SOL_SOCKET, SO_NO_CHECK, 1));
      for (int round = 0; round < 3; round++) {
        byte[] bytes = random(20_100 + round);
        assertEquals(Sent.SENT, sender.send(bytes, 0, bytes.length, 1000, receiver.address()));
        assertDatagrams(cut(bytes, 1000), receive(receiver, 21));
        assertFalse(sender.segmentsWhatIsSent());
      }
    }
  }

  @Test
  void a_datagram_larger_than_the_path_takes_is_too_large_and_offload_goes_on() throws IOException {
    try (var sender = open(SIX, Offload.AT_ONCE);
        var receiver = open(SIX, Offload.AT_ONCE)) {
      assertTrue(descriptor(sender).set(IPPROTO_IPV6, IPV6_MTU, 1400));
      int fits = 1400 - 48;
      byte[] bytes = random(10 * 1400);
      for (int size : new int[] {1400, fits + 1}) {
        assertEquals(Sent.TOO_LARGE, sender.send(bytes, 0, size, size, receiver.address()));
        assertEquals(Sent.TOO_LARGE, sender.send(bytes, 0, 10 * size, size, receiver.address()));
      }
      assertEquals(Sent.SENT, sender.send(bytes, 0, 10 * fits, fits, receiver.address()));
      assertEquals(10, receive(receiver, 10).size());
      assertTrue(sender.segmentsWhatIsSent());
    }
  }

  @Test
  void no_router_s_word_limits_what_is_sent() throws IOException {
    try (var socket = open(FOUR, Offload.AT_ONCE)) {
      var probing = OptionalInt.of(PROBE);
      assertEquals(probing, descriptor(socket).option(IPPROTO_IP, IP_MTU_DISCOVER));
      if (descriptor(socket).family() == Family.INET6) {
        assertEquals(probing, descriptor(socket).option(IPPROTO_IPV6, IPV6_MTU_DISCOVER));
      }
    }
  }

  @Test
  void dense_traffic_turns_offload_on() throws IOException {
    try (var sender = open(FOUR, Offload.WHEN_BUSY);
        var receiver = open(FOUR, Offload.WHEN_BUSY)) {
      byte[] bytes = random(50 * 1200);
      while (!sender.segmentsWhatIsSent() || receiver.descriptor() == null) {
        sender.send(bytes, 0, bytes.length, 1200, receiver.address());
        assertDatagrams(cut(bytes, 1200), receive(receiver, 50));
      }
    }
  }

  @Test
  void sparse_traffic_does_not() throws IOException {
    try (var socket = open(FOUR, Offload.WHEN_BUSY)) {
      for (int i = 0; i < 100; i++) {
        send(socket, "hello", socket.address());
        receive(socket, 1);
      }
      assertFalse(socket.segmentsWhatIsSent());
    }
  }

  @Test
  void the_socket_is_found_beside_a_tcp_socket_of_the_same_address() throws IOException {
    try (var tcp = new ServerSocket()) {
      tcp.bind(address(FOUR, 0));
      var same = (InetSocketAddress) tcp.getLocalSocketAddress();
      try (var udp = UdpSocket.open(same, Offload.AT_ONCE)) {
        assertTrue(udp.segmentsWhatIsSent());
      }
    }
  }

  private static Descriptor descriptor(UdpSocket socket) {
    return Objects.requireNonNull(socket.descriptor(), "the descriptor was found");
  }

  private static void send(UdpSocket from, String text, InetSocketAddress to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(Sent.SENT, from.send(bytes, 0, bytes.length, 1200, to));
  }
}
