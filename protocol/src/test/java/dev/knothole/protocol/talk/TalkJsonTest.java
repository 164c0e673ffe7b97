package dev.knothole.protocol.talk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Records are the wire, so what they look like there is held here.
final class TalkJsonTest {
  private static final Username BOB = new Username("bob");
  private static final Endpoint ADDRESS = Endpoint.parse("192.0.2.7:4000");
  private static final Fingerprint KEY = new Fingerprint("ab".repeat(32));
  private static final Circuit CIRCUIT = new Circuit(0x0123456789abcdefL);
  private static final MessageId ID = new MessageId("0f".repeat(16));

  record Wire(Object message, String json) {}

  static List<Wire> toAndFromRelays() {
    String key = "ab".repeat(32);
    return List.of(
        new Wire(new RelayTalk.SignIn(BOB), "{'SignIn':{'username':'bob'}}"),
        new Wire(
            new RelayTalk.SignedIn(BOB, ADDRESS),
            "{'SignedIn':{'username':'bob','address':'192.0.2.7:4000'}}"),
        new Wire(new RelayTalk.NameTaken(BOB), "{'NameTaken':{'username':'bob'}}"),
        new Wire(new RelayTalk.Moved(ADDRESS), "{'Moved':{'address':'192.0.2.7:4000'}}"),
        new Wire(new RelayTalk.Call(BOB), "{'Call':{'username':'bob'}}"),
        new Wire(new RelayTalk.NotFound(BOB), "{'NotFound':{'username':'bob'}}"),
        new Wire(new RelayTalk.Ringing(BOB), "{'Ringing':{'username':'bob'}}"),
        new Wire(
            new RelayTalk.Calling(7, BOB, KEY),
            "{'Calling':{'call':7,'username':'bob','key':'" + key + "'}}"),
        new Wire(new RelayTalk.CallEnded(7), "{'CallEnded':{'call':7}}"),
        new Wire(new RelayTalk.Accept(7), "{'Accept':{'call':7}}"),
        new Wire(new RelayTalk.Reject(7), "{'Reject':{'call':7}}"),
        new Wire(new RelayTalk.Rejected(BOB), "{'Rejected':{'username':'bob'}}"),
        new Wire(
            new RelayTalk.Introduced(CIRCUIT, BOB, KEY, true),
            "{'Introduced':{'circuit':'0123456789abcdef','username':'bob','key':'"
                + key
                + "','begin':true}}"),
        new Wire(new RelayTalk.HangUp(CIRCUIT), "{'HangUp':{'circuit':'0123456789abcdef'}}"),
        new Wire(new RelayTalk.HungUp(CIRCUIT), "{'HungUp':{'circuit':'0123456789abcdef'}}"),
        new Wire(new RelayTalk.PlainOnly(BOB), "{'PlainOnly':{'username':'bob'}}"),
        new Wire(new RelayTalk.CallPlainly(BOB), "{'CallPlainly':{'username':'bob'}}"),
        new Wire(
            new RelayTalk.CallingPlainly(7, BOB), "{'CallingPlainly':{'call':7,'username':'bob'}}"),
        new Wire(
            new RelayTalk.IntroducedPlainly(BOB, ADDRESS, false),
            "{'IntroducedPlainly':{'username':'bob','address':'192.0.2.7:4000','asked':false}}"));
  }

  static List<Wire> betweenPeers() {
    String id = "0f".repeat(16);
    return List.of(
        new Wire(
            new PeerTalk.Hello(BOB, true, false),
            "{'Hello':{'username':'bob','reads':true,'typing':false}}"),
        new Wire(
            new PeerTalk.Candidates(List.of(ADDRESS)),
            "{'Candidates':{'addresses':['192.0.2.7:4000']}}"),
        new Wire(
            new PeerTalk.Text(ID, 5, PeerTalk.Kind.SAID, "hi"),
            "{'Text':{'id':'" + id + "','sentAt':5,'kind':'SAID','content':'hi'}}"),
        new Wire(new PeerTalk.Stored(List.of(ID)), "{'Stored':{'ids':['" + id + "']}}"),
        new Wire(new PeerTalk.Read(ID), "{'Read':{'upTo':'" + id + "'}}"),
        new Wire(new PeerTalk.Typing(true), "{'Typing':{'on':true}}"),
        new Wire(new PeerTalk.Away(true, "lunch"), "{'Away':{'on':true,'reason':'lunch'}}"));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("toAndFromRelays")
  void what_is_said_to_and_by_relays_looks_like_this(Wire wire) throws MalformedMessage {
    var message = (RelayTalk) wire.message();
    assertEquals(
        new String(bytes(wire.json()), StandardCharsets.UTF_8),
        new String(TalkJson.RELAY.encode(message), StandardCharsets.UTF_8));
    assertEquals(message, TalkJson.RELAY.decode(bytes(wire.json())));
  }

  @ParameterizedTest
  @MethodSource("betweenPeers")
  void what_peers_say_looks_like_this(Wire wire) throws MalformedMessage {
    var message = (PeerTalk) wire.message();
    assertEquals(
        new String(bytes(wire.json()), StandardCharsets.UTF_8),
        new String(TalkJson.PEER.encode(message), StandardCharsets.UTF_8));
    assertEquals(message, TalkJson.PEER.decode(bytes(wire.json())));
  }

  @Test
  void fields_of_later_versions_are_tolerated() throws MalformedMessage {
    assertEquals(
        new RelayTalk.Call(BOB),
        TalkJson.RELAY.decode(bytes("{'Call':{'username':'bob','urgent':true}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "'Call'",
        "{}",
        "{'Call':null}",
        "{'Call':{}}",
        "{'Call':{'username':null}}",
        "{'Call':{'username':''}}",
        "{'Call':{'username':7}}",
        "{'Accept':{'call':'7'}}",
        "{'Accept':{'call':7.5}}",
        "{'Call':{'username':'bob'}}x",
        "{'Call':{'username':'bob'},'Call':{'username':'bob'}}",
        "{'Unheard':{}}",
        "{'HangUp':{'circuit':'0123'}}",
        "{'Moved':{'address':'example.org:80'}}",
        "{'Calling':{'call':1,'username':'bob','key':'xyz'}}"
      })
  void everything_else_is_malformed(String json) {
    assertThrows(MalformedMessage.class, () -> TalkJson.RELAY.decode(bytes(json)));
  }

  @Test
  void a_message_with_a_byte_changed_is_another_one_or_malformed_and_never_worse() {
    var random = new SplittableRandom(1);
    for (var wire : betweenPeers()) {
      for (int i = 0; i < 300; i++) {
        byte[] changed = bytes(wire.json());
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        try {
          TalkJson.PEER.decode(changed);
        } catch (MalformedMessage expected) {
          assertFalse(String.valueOf(expected.getMessage()).isEmpty());
        }
      }
    }
  }

  @Test
  void a_circuits_datagram_is_a_mark_its_id_and_the_packets() {
    byte[] packets = {1, 2, 3, 4};
    byte[] datagram = CIRCUIT.datagram(packets, 1, 2);
    assertArrayEquals(
        new byte[] {
          0x43, 0x01, 0x23, 0x45, 0x67, (byte) 0x89, (byte) 0xab, (byte) 0xcd, (byte) 0xef, 2, 3
        },
        datagram);
    assertTrue(Circuit.isCircuit(datagram));
    assertEquals(CIRCUIT, Circuit.of(datagram));
    assertFalse(Circuit.isCircuit(Arrays.copyOf(datagram, Circuit.HEADER_BYTES)));
    assertFalse(Circuit.isCircuit(new byte[0]));
  }
}
