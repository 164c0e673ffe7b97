package dev.knothole.client.ui.term;

/// Decodes UTF-8 byte by byte; what is none is dropped.
final class Utf8 {
  private static final int[] SMALLEST = {0, 0x80, 0x800, 0x10000};

  private int codePoint;
  private int missing;
  private int length;

  /// Whether a character has begun and not ended.
  boolean isPending() {
    return missing > 0;
  }

  void clear() {
    missing = 0;
  }

  /// Takes a byte of at least 0x80; the character it completes, or -1.
  int take(int value) {
    if (value >= 0xC0) {
      begin(value);
      return -1;
    }
    if (missing == 0) {
      return -1;
    }
    codePoint = (codePoint << 6) | (value & 0x3F);
    missing--;
    return missing == 0 && valid() ? codePoint : -1;
  }

  private void begin(int lead) {
    if (lead < 0xE0) {
      start(lead & 0x1F, 1);
    } else if (lead < 0xF0) {
      start(lead & 0x0F, 2);
    } else if (lead < 0xF8) {
      start(lead & 0x07, 3);
    } else {
      missing = 0;
    }
  }

  private void start(int bits, int following) {
    codePoint = bits;
    missing = following;
    length = following;
  }

  private boolean valid() {
    return codePoint >= SMALLEST[length]
        && codePoint <= Character.MAX_CODE_POINT
        && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
