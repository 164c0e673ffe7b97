package dev.knothole.protocol.stun;

import static dev.knothole.protocol.stun.StunVectors.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StunTest {
  private static final TransactionId SAMPLE_ID = new TransactionId("b7e7a701bc34d686fa87dfae");
  private static final TransactionId ID = new TransactionId("000102030405060708090a0b");
  private static final Endpoint SOURCE = Endpoint.parse("192.0.2.1:32853");

  @Test
  void the_sample_responses_of_rfc_5769_are_read() throws MalformedMessage {
    assertEquals(
        new BindingResponse(SAMPLE_ID, SOURCE, true),
        BindingResponse.decode(StunVectors.IPV4_RESPONSE));
    assertEquals(
        new BindingResponse(
            SAMPLE_ID, Endpoint.parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853"), true),
        BindingResponse.decode(StunVectors.IPV6_RESPONSE));
  }

  @Test
  void the_sample_requests_of_rfc_5769_are_read() throws MalformedMessage {
    assertEquals(
        new BindingRequest(SAMPLE_ID, true, List.of(0x0024)),
        BindingRequest.decode(StunVectors.REQUEST));
    assertEquals(
        new BindingRequest(new TransactionId("78ad3433c6ad72c029da412e"), false, List.of()),
        BindingRequest.decode(StunVectors.LONG_TERM_REQUEST));
  }

  @Test
  void a_request_is_answered_with_the_address_it_came_from() throws MalformedMessage {
    assertArrayEquals(
        hex("0101000c 2112a442 000102030405060708090a0b 00200008 0001a147 e112a643"),
        new BindingRequest(ID, false, List.of()).answer(SOURCE));
    var request = BindingRequest.decode(new BindingRequest(ID).encode());
    assertEquals(
        new BindingResponse(ID, SOURCE, true), BindingResponse.decode(request.answer(SOURCE)));
  }

  @Test
  void what_has_to_be_understood_and_is_not_is_named_in_error_420() throws MalformedMessage {
    byte[] request =
        hex(
            """
            00010018 2112a442 000102030405060708090a0b
            00030004 00000006
            0024000000030000 80ff0001 61000000
            """);
    assertArrayEquals(
        hex(
            """
            01110024 2112a442 000102030405060708090a0b
            00090015 00000414 556e6b6e6f776e20417474726962757465 000000
            000a0004 0003 0024
            """),
        BindingRequest.decode(request).answer(SOURCE));
  }

  @Test
  void what_follows_the_integrity_of_a_message_is_ignored() throws MalformedMessage {
    String integrity = "00080014" + "00".repeat(20);
    byte[] request = hex("0001001c 2112a442 000102030405060708090a0b" + integrity + "00240000");
    assertEquals(List.of(), BindingRequest.decode(request).unknown());
  }

  @Test
  void of_two_addresses_the_first_counts_and_the_masked_one_before_the_plain()
      throws MalformedMessage {
    byte[] response =
        hex(
            """
            01010024 2112a442 000102030405060708090a0b
            00010008 00010001 01010101 00200008 0001a147 e112a643 00200008 0001a148 e112a643
            """);
    assertEquals(SOURCE, BindingResponse.decode(response).mapped());
    byte[] old = hex("0101000c 2112a442 000102030405060708090a0b 00010008 00018055 c0000201");
    assertEquals(SOURCE, BindingResponse.decode(old).mapped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00010000 2112a442 000102030405060708090a",
        "00010000 2112a443 000102030405060708090a0b",
        "80010000 2112a442 000102030405060708090a0b",
        "00010004 2112a442 000102030405060708090a0b",
        "00010000 2112a442 000102030405060708090a0b 00",
        "00010002 2112a442 000102030405060708090a0b 0000",
        "00010004 2112a442 000102030405060708090a0b 80220001",
        "00010008 2112a442 000102030405060708090a0b 80220005 00000000",
        "00010008 2112a442 000102030405060708090a0b 80280004 00000000",
        "00010004 2112a442 000102030405060708090a0b 80280000",
        "00110000 2112a442 000102030405060708090a0b",
        "01010000 2112a442 000102030405060708090a0b",
        "00030000 2112a442 000102030405060708090a0b",
      })
  void what_is_not_exactly_a_binding_request_is_malformed(String datagram) {
    assertThrows(MalformedMessage.class, () -> BindingRequest.decode(hex(datagram)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00010000 2112a442 000102030405060708090a0b",
        "01010000 2112a442 000102030405060708090a0b",
        "01110000 2112a442 000102030405060708090a0b",
        "0101000c 2112a442 000102030405060708090a0b 00200008 00032112 e112a643",
        "0101000c 2112a442 000102030405060708090a0b 00200008 00012112 e112a643",
        "0101000c 2112a442 000102030405060708090a0b 00200007 0001a147 e112a643",
        "01010010 2112a442 000102030405060708090a0b 00200008 0001a147 e112a643 00240000",
      })
  void what_is_not_a_binding_response_with_an_address_is_malformed(String datagram) {
    assertThrows(MalformedMessage.class, () -> BindingResponse.decode(hex(datagram)));
  }

  @Test
  void no_single_change_gets_past_a_fingerprint() {
    for (int bit = 0; bit < StunVectors.IPV4_RESPONSE.length * 8; bit++) {
      byte[] damaged = StunVectors.IPV4_RESPONSE.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertFalse(BindingResponse.decode(damaged).fingerprint(), "bit " + bit);
      } catch (MalformedMessage expected) {
        // the change was noticed; the others turned the fingerprint itself into something else
      }
    }
  }

  @Test
  void nothing_may_follow_a_fingerprint() throws MalformedMessage {
    byte[] whole = new BindingRequest(ID).encode();
    assertTrue(BindingRequest.decode(whole).fingerprint());
    byte[] followed = Arrays.copyOf(whole, whole.length + 4);
    followed[3] = (byte) (followed[3] + 4);
    assertThrows(MalformedMessage.class, () -> BindingRequest.decode(followed));
  }

  @Test
  void stun_and_json_are_told_apart_at_one_look() {
    assertTrue(Stun.isStun(StunVectors.REQUEST));
    assertTrue(Stun.isStun(StunVectors.IPV6_RESPONSE));
    assertFalse(Stun.isStun("{\"Register\":{\"username\":\"alice\"}}".getBytes(UTF_8)));
    assertFalse(Stun.isStun("\"SessionFinished\"".getBytes(UTF_8)));
    assertFalse(Stun.isStun(new byte[0]));
  }

  @Test
  void any_response_and_request_comes_back_as_it_was()
      throws MalformedMessage, UnknownHostException {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      var endpoint = new Endpoint(InetAddress.getByAddress(address), 1 + random.nextInt(65535));
      var id = TransactionId.random(random);
      var response = new BindingResponse(id, endpoint, random.nextBoolean());
      assertEquals(response, BindingResponse.decode(response.encode()), "seed " + seed);
      var request = new BindingRequest(id, random.nextBoolean(), List.of());
      assertEquals(request, BindingRequest.decode(request.encode()), "seed " + seed);
    }
  }

  @Test
  void damaged_stun_is_read_or_refused_but_never_crashes() {
    byte[][] whole = {
      StunVectors.REQUEST,
      StunVectors.LONG_TERM_REQUEST,
      StunVectors.IPV4_RESPONSE,
      StunVectors.IPV6_RESPONSE,
      new BindingResponse(ID, SOURCE, false).encode(),
    };
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      byte[] damaged = whole[random.nextInt(whole.length)].clone();
      for (int hits = random.nextInt(4); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      readOrRefuse(damaged, seed);
    }
  }

  private static void readOrRefuse(byte[] datagram, long seed) {
    try {
      BindingRequest.decode(datagram).answer(SOURCE);
    } catch (MalformedMessage expected) {
      // refused, as it should be
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    try {
      BindingResponse.decode(datagram).encode();
    } catch (MalformedMessage expected) {
      // refused, as it should be
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
