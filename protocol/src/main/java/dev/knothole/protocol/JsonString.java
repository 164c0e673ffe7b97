package dev.knothole.protocol;

/// How many bytes a text takes inside the quotes of a JSON string, in UTF-8 (RFC 8259, section 7).
public final class JsonString {
  private JsonString() {}

  /// @throws IllegalArgumentException for a surrogate without its other half, which UTF-8 cannot
  ///     carry
  public static int bytes(String text) {
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      bytes += bytes(codePoint);
      at += Character.charCount(codePoint);
    }
    return bytes;
  }

  /// @throws IllegalArgumentException for a surrogate
  public static int bytes(int codePoint) {
    if (codePoint < 0x20) {
      boolean short2 =
          codePoint == '\n'
              || codePoint == '\r'
              || codePoint == '\t'
              || codePoint == '\b'
              || codePoint == '\f';
      return short2 ? 2 : 6;
    }
    if (codePoint < 0x80) {
      return codePoint == '"' || codePoint == '\\' ? 2 : 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException("the text holds half a character");
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
