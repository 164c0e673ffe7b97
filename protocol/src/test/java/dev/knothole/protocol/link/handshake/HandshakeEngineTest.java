package dev.knothole.protocol.link.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class HandshakeEngineTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Identity ALICE = Identity.generate(RANDOM);
  private static final Identity BOB = Identity.generate(RANDOM);
  private static final PeerCheck ANYBODY = peer -> true;

  private HandshakeEngine client = HandshakeEngine.client(ALICE, BOB.fingerprint()::equals, RANDOM);
  private HandshakeEngine server = HandshakeEngine.server(BOB, ALICE.fingerprint()::equals, RANDOM);

  @Test
  void both_ends_know_each_other_and_have_the_same_keys() throws MalformedMessage {
    run(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(BOB.fingerprint(), established(client).peer());
    assertEquals(ALICE.fingerprint(), established(server).peer());
    assertTrue(understandEachOther());
  }

  @Test
  void the_stream_may_be_cut_anywhere() throws MalformedMessage {
    for (long seed = 0; seed < 5; seed++) {
      client = HandshakeEngine.client(ALICE, ANYBODY, RANDOM);
      server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
      var random = new Random(seed);
      for (int round = 0; round < 4; round++) {
        feedInPieces(server, client.takeOutput(), random);
        feedInPieces(client, server.takeOutput(), random);
      }
      assertTrue(understandEachOther(), "seed " + seed);
    }
  }

  private static void feedInPieces(HandshakeEngine to, byte[] bytes, Random random) {
    int most = 1 + random.nextInt(600);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
      to.receive(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }
  }

  @Test
  void no_two_handshakes_have_the_same_keys() throws MalformedMessage {
    run(UnaryOperator.identity(), UnaryOperator.identity());
    var first = client;
    client = HandshakeEngine.client(ALICE, ANYBODY, RANDOM);
    server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
    run(UnaryOperator.identity(), UnaryOperator.identity());
    client = first;
    assertFalse(understandEachOther());
  }

  @Test
  void a_client_refuses_another_server_than_it_expects() {
    client = HandshakeEngine.client(ALICE, ALICE.fingerprint()::equals, RANDOM);
    run(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(HandshakeFailure.WRONG_PEER, failed(client));
    assertEquals(HandshakeFailure.REFUSED_BY_PEER, failed(server));
  }

  @Test
  void a_server_refuses_a_client_it_does_not_want() {
    server = HandshakeEngine.server(BOB, BOB.fingerprint()::equals, RANDOM);
    run(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(HandshakeFailure.WRONG_PEER, failed(server));
  }

  @Test
  void a_server_refuses_a_client_without_a_certificate() {
    client = HandshakeEngine.anonymous(ANYBODY, RANDOM);
    server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
    run(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(HandshakeFailure.NO_CERTIFICATE, failed(server));
  }

  @Test
  void a_check_that_throws_is_a_refusal() {
    client =
        HandshakeEngine.client(
            ALICE,
            peer -> {
              throw new IllegalStateException("the store of contacts is gone");
            },
            RANDOM);
    run(UnaryOperator.identity(), UnaryOperator.identity());
    assertEquals(HandshakeFailure.WRONG_PEER, failed(client));
  }

  @Test
  void another_version_is_refused_by_either_end() {
    run(flip(3), UnaryOperator.identity());
    assertEquals(HandshakeFailure.WRONG_VERSION, failed(server));
    client = HandshakeEngine.client(ALICE, ANYBODY, RANDOM);
    server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
    run(UnaryOperator.identity(), flip(3));
    assertEquals(HandshakeFailure.WRONG_VERSION, failed(client));
  }

  @Test
  void a_key_that_ml_kem_does_not_know_is_refused() {
    run(
        bytes -> {
          byte[] beyondTheModulus = bytes.clone();
          Arrays.fill(beyondTheModulus, 7, 7 + KemExchange.KEY_BYTES, (byte) 0xFF);
          return beyondTheModulus;
        },
        UnaryOperator.identity());
    assertEquals(HandshakeFailure.KEM, failed(server));
  }

  @Test
  void a_ciphertext_of_the_wrong_length_is_refused() {
    run(
        UnaryOperator.identity(),
        bytes -> {
          var hello = ByteBuffer.wrap(new byte[3 + 4 + 10]).put((byte) 1).putShort((short) 14);
          return hello.put(bytes, 3, 14).array();
        });
    assertEquals(HandshakeFailure.KEM, failed(client));
  }

  /// Somebody in between offers his own key to the server and so learns the secret of ML-KEM.
  @Test
  void another_key_for_ml_kem_on_the_way_is_found_out() throws GeneralSecurityException {
    byte[] mallorys = KemExchange.encode(KemExchange.generate(RANDOM));
    run(
        bytes -> {
          byte[] exchanged = bytes.clone();
          if (bytes.length > KemExchange.KEY_BYTES) {
            System.arraycopy(mallorys, 0, exchanged, 7, mallorys.length);
          }
          return exchanged;
        },
        UnaryOperator.identity());
    assertEquals(HandshakeFailure.KEYS_DIFFER, failed(server));
  }

  /// Even if the secret stays the same: both messages are part of what the keys come from.
  @Test
  void another_ciphertext_on_the_way_is_found_out() {
    run(UnaryOperator.identity(), flip(100));
    assertEquals(HandshakeFailure.KEYS_DIFFER, failed(server));
  }

  @Test
  void a_changed_confirmation_is_found_out() {
    run(
        bytes -> {
          byte[] changed = bytes.clone();
          changed[changed.length - 1] ^= (byte) (bytes.length < KemExchange.KEY_BYTES ? 1 : 0);
          return changed;
        },
        UnaryOperator.identity());
    assertEquals(HandshakeFailure.KEYS_DIFFER, failed(server));
  }

  @Test
  void no_flipped_bit_of_the_handshake_leaves_two_ends_that_understand_each_other()
      throws MalformedMessage {
    long seed = 13;
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      client = HandshakeEngine.client(ALICE, ANYBODY, RANDOM);
      server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
      int at = random.nextInt(1_500);
      run(i % 2 == 0 ? flip(at) : UnaryOperator.identity(), i % 2 == 1 ? flip(at) : bytes -> bytes);
      // A change that is no change to anybody: the legacy version of a TLS record.
      boolean done =
          client.state() instanceof HandshakeState.Established
              && server.state() instanceof HandshakeState.Established;
      if (done) {
        assertTrue(understandEachOther(), "seed " + seed + " byte " + at);
      }
    }
  }

  @Test
  void what_is_no_handshake_is_malformed() {
    for (byte[] garbage :
        new byte[][] {{0}, {9, 0, 0}, {2, 0, 1, 22}, {3, 0, 1, 0}, new byte[40_000]}) {
      server = HandshakeEngine.server(BOB, ANYBODY, RANDOM);
      server.receive(ByteBuffer.wrap(garbage));
      assertEquals(HandshakeFailure.MALFORMED, failed(server));
    }
  }

  @Test
  void after_the_end_nothing_changes() {
    run(UnaryOperator.identity(), UnaryOperator.identity());
    var before = client.state();
    client.receive(ByteBuffer.wrap(new byte[100_000]));
    assertEquals(before, client.state());
    assertEquals(0, client.takeOutput().length);
  }

  private void run(UnaryOperator<byte[]> toServer, UnaryOperator<byte[]> toClient) {
    for (int round = 0; round < 4; round++) {
      pass(client, toServer, server);
      pass(server, toClient, client);
    }
  }

  private static void pass(HandshakeEngine from, UnaryOperator<byte[]> way, HandshakeEngine to) {
    byte[] bytes = from.takeOutput();
    if (bytes.length > 0) {
      to.receive(ByteBuffer.wrap(way.apply(bytes)));
    }
  }

  private static UnaryOperator<byte[]> flip(int at) {
    var done = new boolean[1];
    return bytes -> {
      byte[] changed = bytes.clone();
      if (!done[0] && at < changed.length) {
        changed[at] ^= 1;
        done[0] = true;
      }
      return changed;
    };
  }

  private static HandshakeState.Established established(HandshakeEngine engine) {
    return assertInstanceOf(HandshakeState.Established.class, engine.state());
  }

  private static HandshakeFailure failed(HandshakeEngine engine) {
    return assertInstanceOf(HandshakeState.Failed.class, engine.state()).reason();
  }

  private boolean understandEachOther() throws MalformedMessage {
    var sender = established(client).secret().keys(Role.CLIENT, 0);
    var receiver = established(server).secret().keys(Role.SERVER, 0);
    var out = new OutgoingPacket(new byte[1200]);
    out.beginData(0, 1200, 1, 0, -1).put((byte) 1);
    sender.seal(out);
    var in = new IncomingPacket();
    in.datagram(out.bytes(), 0, out.end());
    return in.next() && receiver.open(in, 0) == Opened.OPENED;
  }
}
