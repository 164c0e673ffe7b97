package dev.knothole.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A name at a relay: not empty, no control characters, and short enough that a `PeerInfo` carrying
/// it fits into one datagram whatever the address beside it. Two names are the same when their
/// characters are.
///
/// Ordered like text, so that a hash map of names stays quick even when a stranger chooses names of
/// one hash.
public record Username(@JsonValue String value) implements Comparable<Username> {
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
    if (holdsControlCharacter(value)) {
      throw new IllegalArgumentException("A name cannot contain control characters.");
    }
    if (JsonString.bytes(value) > MAX_BYTES) {
      throw new IllegalArgumentException("A name can be at most " + MAX_BYTES + " bytes long.");
    }
  }

  private static boolean holdsControlCharacter(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (Character.isISOControl(value.charAt(at))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int compareTo(Username other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
