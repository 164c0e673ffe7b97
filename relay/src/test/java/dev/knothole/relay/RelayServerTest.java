package dev.knothole.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.stun.BindingRequest;
import dev.knothole.protocol.stun.BindingResponse;
import dev.knothole.protocol.stun.TransactionId;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets on loopback. A datagram that must not be answered is followed by one that must: the
/// first answer to arrive is then the one to the second.
final class RelayServerTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final RelayServer relay;

  RelayServerTest() throws IOException {
    relay = RelayServer.open(0, List.of(), Rendezvous.Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    relay.close();
    assertEquals(0, relay.traffic().faults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void two_who_register_are_introduced_over_either_family(String loopback)
      throws IOException, MalformedMessage {
    try (var alice = new TestClient(loopback, relay);
        var bob = new TestClient(loopback, relay)) {
      assertEquals(new RegisterAck(), alice.register("alice"));
      assertEquals(new RegisterAck(), bob.register("bob"));
      alice.say(new Connect(new Username("bob")));
      assertEquals(new PeerInfo(bob.endpoint(), new Username("bob")), alice.hear());
      assertEquals(new PeerInfo(alice.endpoint(), new Username("alice")), bob.hear());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whoever_asks_by_stun_is_told_their_address(String loopback)
      throws IOException, MalformedMessage {
    try (var client = new TestClient(loopback, relay)) {
      var id = TransactionId.random(new Random(1));
      client.send(new BindingRequest(id).encode());
      assertEquals(
          new BindingResponse(id, client.endpoint(), true),
          BindingResponse.decode(client.receive()));
      client.say(new Register(new Username("alice"), id));
      assertEquals(new RegisterAck(), client.hear());
      assertEquals(
          new BindingResponse(id, client.endpoint(), false),
          BindingResponse.decode(client.receive()));
    }
  }

  @Test
  void whatever_arrives_it_stays_silent_and_goes_on() throws IOException, MalformedMessage {
    try (var client = new TestClient("127.0.0.1", relay)) {
      long seed = 7;
      var random = new Random(seed);
      for (int i = 0; i < 500; i++) {
        client.send(garbage(random));
        if (i % 50 == 0) {
          assertEquals(new RegisterAck(), client.register("alice"), "seed " + seed + ", " + i);
        }
      }
      client.send(new byte[65_507]);
      client.say(new Ping());
      client.say(new SessionFinished());
      assertEquals(new RegisterAck(), client.register("alice"));
      assertTrue(relay.traffic().malformed() > 400);
      assertEquals(1, relay.traffic().registered());
    }
  }

  private static byte[] garbage(Random random) {
    byte[] register = "{\"Register\":{\"username\":\"mallory\"}}".getBytes(UTF_8);
    byte[] stun = new BindingRequest(TransactionId.random(random)).encode();
    byte[] bytes =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(register, random.nextInt(register.length));
          case 1 -> Arrays.copyOf(stun, random.nextInt(stun.length));
          default -> new byte[random.nextInt(3_000)];
        };
    if (bytes.length > register.length) {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  @Test
  void an_answer_to_somebody_who_left_does_no_harm() throws IOException, MalformedMessage {
    try (var alice = new TestClient("127.0.0.1", relay)) {
      alice.register("alice");
      try (var bob = new TestClient("127.0.0.1", relay)) {
        bob.register("bob");
      }
      for (int i = 0; i < 20; i++) {
        alice.say(new Connect(new Username("bob")));
        assertTrue(alice.hear() instanceof PeerInfo);
        alice.say(new SessionFinished());
      }
      assertEquals(new RegisterAck(), alice.register("alice"));
    }
  }

  @Test
  void who_came_by_one_socket_is_answered_by_it_whichever_socket_the_other_came_by()
      throws IOException, MalformedMessage {
    var addresses = List.of(LOOPBACK, InetAddress.ofLiteral("127.0.0.2"));
    try (var both = RelayServer.open(0, addresses, Rendezvous.Limits.DEFAULT);
        var alice = new TestClient("127.0.0.1", both.addresses().get(0));
        var bob = new TestClient("127.0.0.1", both.addresses().get(1))) {
      assertEquals(new RegisterAck(), alice.register("alice"));
      assertEquals(new RegisterAck(), bob.register("bob"));
      bob.say(new Connect(new Username("alice")));
      assertTrue(alice.hear() instanceof PeerInfo);
      assertTrue(bob.hear() instanceof PeerInfo);
    }
  }

  @Test
  void a_port_is_served_once_and_free_again_after_the_end() throws IOException, MalformedMessage {
    int port = relay.addresses().getFirst().getPort();
    assertThrows(BindException.class, () -> openOn(port));
    relay.close();
    relay.close();
    try (var next = openOn(port);
        var client = new TestClient("127.0.0.1", next)) {
      assertEquals(new RegisterAck(), client.register("alice"));
    }
  }

  @Test
  void the_wildcards_of_both_families_are_one_socket() throws IOException, MalformedMessage {
    var wildcards = List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));
    try (var everywhere = RelayServer.open(0, wildcards, Rendezvous.Limits.DEFAULT);
        var client = new TestClient("127.0.0.1", everywhere)) {
      assertEquals(1, everywhere.addresses().size());
      assertEquals(new RegisterAck(), client.register("alice"));
    }
  }

  private static RelayServer openOn(int port) throws IOException {
    return RelayServer.open(port, List.of(LOOPBACK), Rendezvous.Limits.DEFAULT);
  }

  /// A client whose socket hears the relay's own address and nothing else.
  private static final class TestClient implements AutoCloseable {
    private final DatagramSocket socket;

    TestClient(String loopback, RelayServer relay) throws IOException {
      this(
          loopback,
          new InetSocketAddress(
              InetAddress.ofLiteral(loopback), relay.addresses().getFirst().getPort()));
    }

    TestClient(String loopback, InetSocketAddress relay) throws IOException {
      socket = bound(InetAddress.ofLiteral(loopback));
      socket.connect(relay);
      socket.setSoTimeout(10_000);
    }

    private static DatagramSocket bound(InetAddress loopback) throws IOException {
      try {
        return new DatagramSocket(0, loopback);
      } catch (BindException e) {
        assumeTrue(loopback.equals(LOOPBACK), "this machine has no " + loopback);
        throw e;
      }
    }

    Endpoint endpoint() {
      return new Endpoint(socket.getLocalAddress(), socket.getLocalPort());
    }

    Message register(String name) throws IOException, MalformedMessage {
      say(new Register(new Username(name)));
      return hear();
    }

    void say(Message message) throws IOException {
      send(MessageJson.encode(message));
    }

    void send(byte[] datagram) throws IOException {
      socket.send(new DatagramPacket(datagram, datagram.length));
    }

    Message hear() throws IOException, MalformedMessage {
      return MessageJson.decode(receive());
    }

    byte[] receive() throws IOException {
      var packet = new DatagramPacket(new byte[2048], 2048);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
