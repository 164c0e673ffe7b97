package dev.knothole.protocol.stun;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What ties an answer to its request: 96 bits that a stranger off the path cannot guess (RFC 8489,
/// section 5).
///
/// @param hex 24 lower-case hexadecimal digits
public record TransactionId(@JsonValue String hex) {
  public static final int BYTES = 12;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TransactionId {
    if (hex.length() != 2 * BYTES || !hex.chars().allMatch(TransactionId::isHexDigit)) {
      throw new IllegalArgumentException("a transaction id is 24 hexadecimal digits");
    }
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  public static TransactionId of(byte[] bytes) {
    return new TransactionId(HexFormat.of().formatHex(bytes));
  }

  public static TransactionId random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
