package dev.knothole.client.app;

import dev.knothole.protocol.Username;

/// A name that others can type after `/connect`.
public final class OwnName {
  private OwnName() {}

  /// Others may have stranger names; we do not take one.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  public static Username parse(String text) {
    if (text.chars().anyMatch(c -> c == ':' || Character.isWhitespace(c))) {
      throw new IllegalArgumentException(
          "A name cannot contain blanks or colons: nobody could type it after /connect.");
    }
    return new Username(text);
  }
}
