package dev.knothole.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Message.TargetBusy;
import dev.knothole.protocol.Message.TargetNotFound;
import dev.knothole.protocol.stun.TransactionId;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageJsonTest {
  static Stream<Arguments> golden() {
    var bob = new Username("bob");
    return Stream.of(
        Arguments.of(
            "{\"Register\":{\"username\":\"alice\"}}", new Register(new Username("alice"))),
        Arguments.of(
            "{\"Register\":{\"username\":\"alice\",\"stun\":\"00112233445566778899aabb\"}}",
            new Register(new Username("alice"), new TransactionId("00112233445566778899aabb"))),
        Arguments.of("{\"Connect\":{\"target_username\":\"bob\"}}", new Connect(bob)),
        Arguments.of("\"SessionFinished\"", new SessionFinished()),
        Arguments.of("\"RegisterAck\"", new RegisterAck()),
        Arguments.of(
            "{\"PeerInfo\":{\"peer\":\"203.0.113.7:40123\",\"username\":\"bob\"}}",
            new PeerInfo(Endpoint.parse("203.0.113.7:40123"), bob)),
        Arguments.of(
            "{\"PeerInfo\":{\"peer\":\"[2001:db8::1]:40123\",\"username\":\"bob\"}}",
            new PeerInfo(Endpoint.parse("[2001:db8::1]:40123"), bob)),
        Arguments.of("\"TargetNotFound\"", new TargetNotFound()),
        Arguments.of("\"TargetBusy\"", new TargetBusy()),
        Arguments.of("{\"DirectMessage\":{\"content\":\"hi\"}}", new DirectMessage("hi")),
        Arguments.of("{\"DirectMessage\":{\"content\":\"Punch!\"}}", DirectMessage.PUNCH),
        Arguments.of(
            "{\"DirectMessage\":{\"content\":\"né \\\"😀\\\" \\\\ /\\n\"}}",
            new DirectMessage("né \"😀\" \\ /\n")),
        Arguments.of("\"Ping\"", new Ping()),
        Arguments.of("\"Pong\"", new Pong()),
        Arguments.of("\"Goodbye\"", new Goodbye()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void every_message_has_exactly_this_json(String json, Message message) throws MalformedMessage {
    assertEquals(json, new String(MessageJson.encode(message), UTF_8));
    assertEquals(message, MessageJson.decode(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " \"Ping\" ",
        "\"\\u0050ing\"",
        "{ \"Register\" : {\"username\":\"alice\",\"colour\":[1,{\"x\":2}]} }\n",
      })
  void unusual_spellings_and_unknown_fields_are_tolerated(String json) throws MalformedMessage {
    assertTrue(
        Stream.of(new Ping(), new Register(new Username("alice"))).toList().contains(decode(json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "0",
        "[]",
        "{}",
        "\"Pang\"",
        "\"Register\"",
        "\"Message\"",
        "{\"Ping\":{}}",
        "{\"Ping\":null}",
        "{\"Pang\":{}}",
        "{\"Register\":null}",
        "{\"Register\":{}}",
        "{\"Register\":\"alice\"}",
        "{\"Register\":[\"alice\"]}",
        "{\"Register\":{\"username\":null}}",
        "{\"Register\":{\"username\":\"\"}}",
        "{\"Register\":{\"username\":5}}",
        "{\"Register\":{\"username\":true}}",
        "{\"Register\":{\"username\":[\"alice\"]}}",
        "{\"Register\":{\"username\":{\"value\":\"alice\"}}}",
        "{\"Register\":{\"username\":\"a\\u0000b\"}}",
        "{\"Register\":{\"username\":\"a\\nb\"}}",
        "{\"Register\":{\"username\":\"\\ud800\"}}",
        "{\"Register\":{\"username\":\"a\",\"username\":\"b\"}}",
        "{\"Register\":{\"username\":\"a\",\"stun\":\"00\"}}",
        "{\"Register\":{\"username\":\"a\"},\"Connect\":{\"target_username\":\"b\"}}",
        "{\"Register\":{\"username\":\"a\"}}x",
        "{\"Register\":{\"username\":\"a\"}} \"Ping\"",
        "\"Ping\"\u0000",
        "\"Ping\"x",
        "\uFEFF\"Ping\"",
        "\uFEFF{\"Register\":{\"username\":\"a\"}}",
        "{\"DirectMessage\":{\"content\":\"a\tb\"}}",
        "{\"DirectMessage\":{\"content\":\"\\udc00\\ud800\"}}",
        "{\"PeerInfo\":{\"peer\":\"localhost:1\",\"username\":\"a\"}}",
        "{\"PeerInfo\":{\"peer\":\"192.0.2.1:0\",\"username\":\"a\"}}",
        "{\"PeerInfo\":{\"peer\":\"192.0.2.1\",\"username\":\"a\"}}",
        "{\"Connect\":{\"targetUsername\":\"bob\"}}",
      })
  void what_is_not_exactly_a_message_is_malformed(String json) {
    assertThrows(MalformedMessage.class, () -> decode(json));
  }

  @Test
  void what_is_too_long_or_not_utf8_or_deeply_nested_is_malformed() {
    assertThrows(
        MalformedMessage.class, () -> decode("\"Ping\"" + " ".repeat(MessageJson.MAX_BYTES)));
    assertThrows(
        MalformedMessage.class, () -> MessageJson.decode(new byte[] {'"', 'P', (byte) 0xc3, '"'}));
    assertThrows(MalformedMessage.class, () -> decode("{\"Register\":{\"x\":" + "[".repeat(1000)));
    assertThrows(MalformedMessage.class, () -> decode("[".repeat(1024)));
    assertThrows(
        MalformedMessage.class,
        () -> decode("{\"Register\":{\"username\":" + "9".repeat(900) + "}}"));
  }

  @Test
  void the_longest_name_and_the_longest_text_fill_a_datagram_and_no_more() throws MalformedMessage {
    var longestAddress = Endpoint.parse("[1111:2222:3333:4444:5555:6666:7777:8888]:65535");
    var info =
        new PeerInfo(
            longestAddress,
            new Username("é".repeat(Username.MAX_BYTES / 2) + "x".repeat(Username.MAX_BYTES % 2)));
    assertEquals(MessageJson.MAX_BYTES, MessageJson.encode(info).length);
    assertEquals(info, MessageJson.decode(MessageJson.encode(info)));
    assertThrows(
        IllegalArgumentException.class, () -> new Username("x".repeat(Username.MAX_BYTES + 1)));

    var text = new DirectMessage("\u0001".repeat(DirectMessage.MAX_CONTENT_BYTES / 6));
    assertTrue(MessageJson.encode(text).length > MessageJson.MAX_BYTES - 6);
    assertThrows(
        IllegalArgumentException.class,
        () -> new DirectMessage("x".repeat(DirectMessage.MAX_CONTENT_BYTES + 1)));
  }

  @Test
  void any_text_that_can_be_a_message_comes_back_as_it_was() throws MalformedMessage {
    for (long seed = 0; seed < 2_000; seed++) {
      var message = new DirectMessage(RandomText.of(new Random(seed), 120));
      byte[] encoded = MessageJson.encode(message);
      assertEquals(message, MessageJson.decode(encoded), "seed " + seed);
      assertArrayEquals(encoded, MessageJson.encode(MessageJson.decode(encoded)), "seed " + seed);
      assertEquals(
          encoded.length,
          MessageJson.MAX_BYTES
              - DirectMessage.MAX_CONTENT_BYTES
              + JsonString.bytes(message.content()),
          "seed " + seed);
    }
  }

  @Test
  void damaged_messages_are_read_or_refused_but_never_crash() {
    byte[][] whole =
        golden().map(g -> ((String) g.get()[0]).getBytes(UTF_8)).toArray(byte[][]::new);
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      byte[] damaged = whole[random.nextInt(whole.length)].clone();
      for (int hits = random.nextInt(4); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        MessageJson.encode(MessageJson.decode(damaged));
      } catch (MalformedMessage expected) {
        // refused, as it should be
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Message decode(String json) throws MalformedMessage {
    return MessageJson.decode(json.getBytes(UTF_8));
  }
}
