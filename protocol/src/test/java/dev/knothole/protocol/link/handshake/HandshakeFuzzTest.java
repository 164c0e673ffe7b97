package dev.knothole.protocol.link.handshake;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// With `JAZZER_FUZZ=1` in the environment this searches; in a normal build it replays the inputs
/// of `src/test/resources`.
final class HandshakeFuzzTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Identity ALICE = Identity.generate(RANDOM);
  private static final Identity BOB = Identity.generate(RANDOM);

  /// The first half of the input is laid over what the client sends, the second over what the
  /// server sends: where it is zero, the real bytes stay.
  @FuzzTest
  void any_changed_handshake_comes_to_an_end_without_an_exception(byte[] changes) {
    var client = HandshakeEngine.client(ALICE, BOB.fingerprint()::equals, RANDOM);
    var server = HandshakeEngine.server(BOB, ALICE.fingerprint()::equals, RANDOM);
    int half = changes.length / 2;
    for (int round = 0; round < 3; round++) {
      server.receive(changed(client.takeOutput(), changes, 0, half));
      client.receive(changed(server.takeOutput(), changes, half, changes.length));
    }
  }

  private static ByteBuffer changed(byte[] bytes, byte[] changes, int from, int to) {
    for (int i = 0; i < bytes.length && from + i < to; i++) {
      bytes[i] ^= changes[from + i];
    }
    return ByteBuffer.wrap(bytes);
  }

  @FuzzTest
  void no_bytes_of_a_stranger_make_a_peer(byte[] bytes) {
    var server = HandshakeEngine.server(BOB, peer -> true, RANDOM);
    server.receive(ByteBuffer.wrap(bytes));
    assertFalse(server.state() instanceof HandshakeState.Established);
  }
}
