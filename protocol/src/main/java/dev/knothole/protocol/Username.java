package dev.knothole.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A name at a relay: not empty, no control characters, and short enough that a `PeerInfo` carrying
/// it fits into one datagram whatever the address beside it. Two names are the same when their
/// characters are.
public record Username(@JsonValue String value) {
  /// The longest address is eight groups of four hexadecimal digits in brackets, and a five-digit
  /// port.
  private static final int PEER_INFO_BYTES =
      "{\"PeerInfo\":{\"peer\":\"[0000:0000:0000:0000:0000:0000:0000:0000]:00000\",\"username\":\"\"}}"
          .length();

  /// How long a name may be on the wire, in bytes of escaped UTF-8.
  public static final int MAX_BYTES = MessageJson.MAX_BYTES - PEER_INFO_BYTES;

  /// @throws IllegalArgumentException with a sentence for the user
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Username {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A name cannot be empty.");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A name cannot contain control characters.");
    }
    if (JsonString.bytes(value) > MAX_BYTES) {
      throw new IllegalArgumentException("A name can be at most " + MAX_BYTES + " bytes long.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
