package dev.knothole.protocol.link.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// On the real loopback, so every wait has an end of its own; 30 s is for a broken socket only.
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UdpSocketTest {
  private static final String FOUR = "127.0.0.1";
  private static final String SIX = "::1";

  static Stream<Setting> families_and_offloads() {
    return Stream.of(FOUR, SIX)
        .flatMap(
            host ->
                Stream.of(Offload.NEVER, Offload.AT_ONCE)
                    .flatMap(
                        sending ->
                            Stream.of(Offload.NEVER, Offload.AT_ONCE)
                                .map(receiving -> new Setting(host, sending, receiving))));
  }

  record Setting(String host, Offload sending, Offload receiving) {}

  @ParameterizedTest
  @MethodSource("families_and_offloads")
  void segments_arrive_complete_and_in_order(Setting world) throws IOException {
    try (var sender = open(world.host, world.sending);
        var receiver = open(world.host, world.receiving)) {
      for (int size : new int[] {1, 100, 1200, 1452}) {
        for (int length : new int[] {1, size, size + 1, 7 * size, 40 * size + size / 2}) {
          byte[] bytes = random(length);
          assertEquals(Sent.SENT, sender.send(bytes, 0, length, size, receiver.address()));
          List<byte[]> sent = cut(bytes, size);
          assertDatagrams(sent, receive(receiver, sent.size()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "AT_ONCE"})
  void more_than_the_kernel_takes_at_once_arrives_too(Offload offload) throws IOException {
    try (var sender = open(FOUR, offload);
        var receiver = open(FOUR, offload)) {
      for (int size : new int[] {10, 1200, 40_000}) {
        byte[] bytes = random(131 * 1000);
        List<byte[]> sent = cut(bytes, size).subList(0, Math.min(130, 131_000 / size));
        int length = sent.stream().mapToInt(one -> one.length).sum();
        assertEquals(Sent.SENT, sender.send(bytes, 0, length, size, receiver.address()));
        assertDatagrams(sent, receive(receiver, sent.size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families_and_offloads")
  void a_datagram_can_be_answered(Setting world) throws IOException {
    try (var asking = open(world.host, world.sending);
        var answering = open(world.host, world.receiving)) {
      var batch = new Batch();
      for (String word : List.of("hello", "", "is anyone there?")) {
        send(asking, word, answering.address());
        assertTrue(answering.receive(batch));
        assertEquals(word, text(batch));
        assertEquals(asking.address(), batch.from());
        send(answering, word + "!", batch.from());
        assertTrue(asking.receive(batch));
        assertEquals(word + "!", text(batch));
      }
    }
  }

  @Test
  void one_socket_serves_both_families() throws IOException {
    try (var relay = UdpSocket.open(new InetSocketAddress(0), Offload.AT_ONCE);
        var four = open(FOUR, Offload.NEVER);
        var six = open(SIX, Offload.NEVER)) {
      var batch = new Batch();
      for (var client : List.of(four, six)) {
        var host = client.address().getAddress();
        send(client, "hello", new InetSocketAddress(host, relay.address().getPort()));
        assertTrue(relay.receive(batch));
        assertEquals(client.address(), batch.from());
        relay.send(random(3000), 0, 3000, 1000, batch.from());
        assertEquals(3, receive(client, 3).size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "AT_ONCE"})
  void a_sender_stays_the_same_object(Offload offload) throws IOException {
    try (var sender = open(FOUR, Offload.NEVER);
        var receiver = open(FOUR, offload)) {
      var batch = new Batch();
      send(sender, "it is me", receiver.address());
      assertTrue(receiver.receive(batch));
      InetSocketAddress known = batch.from();
      send(sender, "me again", receiver.address());
      assertTrue(receiver.receive(batch));
      assertSame(known, batch.from());
    }
  }

  @Test
  void a_datagram_longer_than_any_is_too_large() throws IOException {
    try (var socket = open(FOUR, Offload.NEVER)) {
      for (int length : new int[] {65_508, 65_535, 65_536, 100_000}) {
        assertEquals(
            Sent.TOO_LARGE, socket.send(random(length), 0, length, length, socket.address()));
      }
      send(socket, "and yet it works", socket.address());
      assertEquals("and yet it works", text(receive(socket, 1).getFirst()));
    }
  }

  @Test
  void an_unreachable_peer_ends_nothing() throws IOException {
    InetSocketAddress nobody;
    try (var gone = open(FOUR, Offload.NEVER)) {
      nobody = gone.address();
    }
    try (var socket = open(FOUR, Offload.AT_ONCE)) {
      for (int i = 0; i < 20; i++) {
        assertEquals(Sent.SENT, socket.send(random(5000), 0, 5000, 1000, nobody));
        send(socket, "still here", socket.address());
        assertEquals("still here", text(receive(socket, 1).getFirst()));
      }
    }
  }

  @Test
  void what_this_machine_cannot_reach_is_lost() throws IOException {
    var nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
    try (var four = open(FOUR, Offload.AT_ONCE)) {
      assertEquals(Sent.LOST, four.send(random(10), 0, 10, 10, address(SIX, 9)));
      assertEquals(Sent.LOST, four.send(random(30), 0, 30, 10, address(SIX, 9)));
      assertEquals(Sent.LOST, four.send(random(30), 0, 30, 10, nowhere));
      assertEquals(Sent.LOST, four.send(random(10), 0, 10, 10, nowhere));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "AT_ONCE"})
  void closing_ends_a_waiting_receive(Offload offload) throws Exception {
    for (int round = 0; round < 50; round++) {
      var socket = open(FOUR, offload);
      var waiting = new FutureTask<>(() -> socket.receive(new Batch()));
      Thread.ofPlatform().start(waiting);
      socket.close();
      assertFalse(waiting.get());
    }
  }

  @Test
  void a_closed_socket_loses_what_is_sent_and_receives_nothing() throws IOException {
    var socket = open(FOUR, Offload.AT_ONCE);
    socket.close();
    socket.close();
    assertEquals(Sent.LOST, socket.send(random(30), 0, 30, 10, address(FOUR, 9)));
    assertFalse(socket.receive(new Batch()));
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "AT_ONCE"})
  void an_interrupted_thread_closes_nothing(Offload offload) throws IOException {
    try (var socket = open(FOUR, offload)) {
      Thread.currentThread().interrupt();
      send(socket, "in spite of all", socket.address());
      assertFalse(socket.receive(new Batch()));
      assertTrue(Thread.interrupted());
      assertEquals("in spite of all", text(receive(socket, 1).getFirst()));
    }
  }

  @Test
  void a_taken_port_is_told() throws IOException {
    try (var first = open(FOUR, Offload.NEVER)) {
      Assertions.assertThrows(
          BindException.class, () -> UdpSocket.open(first.address(), Offload.NEVER));
    }
  }

  @Test
  void the_kernel_grants_buffers() throws IOException {
    try (var socket = open(FOUR, Offload.NEVER)) {
      assertTrue(socket.receiveBuffer() >= 65_536, "receives " + socket.receiveBuffer());
      assertTrue(socket.sendBuffer() >= 65_536, "sends " + socket.sendBuffer());
    }
  }

  @Test
  void a_virtual_thread_may_receive() throws Exception {
    try (var socket = open(FOUR, Offload.AT_ONCE)) {
      var receiving = new FutureTask<>(() -> receive(socket, 1));
      Thread.ofVirtual().start(receiving);
      send(socket, "to a virtual thread", socket.address());
      assertEquals("to a virtual thread", text(receiving.get().getFirst()));
    }
  }

  static UdpSocket open(String host, Offload offload) throws IOException {
    return UdpSocket.open(address(host, 0), offload);
  }

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void send(UdpSocket from, String text, InetSocketAddress to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(Sent.SENT, from.send(bytes, 0, bytes.length, 1200, to));
  }

  private static String text(Batch batch) {
    return new String(batch.bytes(), 0, batch.length(), StandardCharsets.UTF_8);
  }

  private static String text(byte[] datagram) {
    return new String(datagram, StandardCharsets.UTF_8);
  }

  static List<byte[]> cut(byte[] bytes, int size) {
    List<byte[]> datagrams = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      datagrams.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return datagrams;
  }

  /// As many datagrams as that, cut apart as they were sent.
  static List<byte[]> receive(UdpSocket socket, int count) {
    var batch = new Batch();
    List<byte[]> datagrams = new ArrayList<>();
    while (datagrams.size() < count && socket.receive(batch)) {
      datagrams.addAll(cut(Arrays.copyOf(batch.bytes(), batch.length()), batch.segmentSize()));
    }
    return datagrams;
  }

  static void assertDatagrams(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "datagram " + i);
    }
  }
}
