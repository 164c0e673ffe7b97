package dev.knothole.protocol.talk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What a chat message is known by to both sides, for ever: 128 random bits, so that no two are the
/// same and a repeated one is recognised.
///
/// @param hex 32 lower-case hexadecimal digits
public record MessageId(@JsonValue String hex) implements Comparable<MessageId> {
  private static final int BYTES = 16;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MessageId {
    if (!hex.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a message id is 32 hexadecimal digits");
    }
  }

  public static MessageId random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MessageId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public int compareTo(MessageId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
