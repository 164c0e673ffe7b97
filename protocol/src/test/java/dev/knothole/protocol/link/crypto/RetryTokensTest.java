package dev.knothole.protocol.link.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.wire.Layout;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RetryTokensTest {
  private static final byte[] ALICE = {1, 2, 3, 4, 5, 6};
  private static final byte[] MALLORY = {1, 2, 3, 4, 5, 7};
  private static final long ISSUED = -5;

  private final RetryTokens tokens = new RetryTokens(new byte[32]);
  private final byte[] token = tokens.issue(ALICE, 77, ISSUED);

  @Test
  void a_token_is_good_for_its_address_and_id_until_it_is_old() {
    assertTrue(token.length <= Layout.MAX_TOKEN_BYTES);
    assertTrue(isValid(token, ALICE, 77, ISSUED));
    assertTrue(isValid(token, ALICE, 77, ISSUED + RetryTokens.LIFETIME_NANOS - 1));
    assertFalse(isValid(token, ALICE, 77, ISSUED + RetryTokens.LIFETIME_NANOS));
    assertFalse(isValid(token, ALICE, 77, ISSUED - 1));
    assertFalse(isValid(token, MALLORY, 77, ISSUED));
    assertFalse(isValid(token, ALICE, 78, ISSUED));
  }

  @Test
  void no_changed_or_cut_token_is_good() {
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] changed = token.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(isValid(changed, ALICE, 77, ISSUED), "bit " + bit);
    }
    for (int length = 0; length < token.length; length++) {
      var cut = ByteBuffer.wrap(token, 0, length);
      assertFalse(tokens.isValid(cut, ALICE, 77, ISSUED), "cut at " + length);
    }
  }

  @Test
  void another_server_refuses_the_token() {
    byte[] key = new byte[32];
    key[0] = 1;
    var others = new RetryTokens(key);
    assertFalse(others.isValid(ByteBuffer.wrap(token), ALICE, 77, ISSUED));
  }

  private boolean isValid(byte[] bytes, byte[] address, long id, long now) {
    return tokens.isValid(ByteBuffer.wrap(bytes), address, id, now);
  }
}
