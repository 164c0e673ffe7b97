package dev.knothole.client.text;

/// The characters that leave no trace on a screen, and where they are nevertheless needed.
final class Invisible {
  static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int TEXT_VARIATION = 0xFE0E;
  private static final int EMOJI_VARIATION = 0xFE0F;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int FIRST_TAG = 0xE0020;
  private static final int LAST_TAG = 0xE007F;

  private Invisible() {}

  /// Format characters without a shape and the rest of Default_Ignorable_Code_Point (Unicode 16,
  /// DerivedCoreProperties.txt): fillers, grapheme joiner, variation selectors, reserved ranges.
  static boolean is(int codePoint) {
    return (Character.getType(codePoint) == Character.FORMAT && !CellWidth.visibleFormat(codePoint))
        || filler(codePoint)
        || variationSelector(codePoint)
        || codePoint == 0x34F
        || codePoint == 0x17B4
        || codePoint == 0x17B5
        || codePoint == 0x2065
        || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8)
        || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
  }

  /// Hangul letters that are blank.
  private static boolean filler(int codePoint) {
    return codePoint == 0x115F || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xFFA0;
  }

  /// Selectors of variants that no terminal draws; those of emoji are not among them.
  static boolean variationSelector(int codePoint) {
    return (codePoint >= 0x180B && codePoint <= 0x180F)
        || (codePoint >= 0xFE00 && codePoint < TEXT_VARIATION)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }

  static boolean emojiVariation(int codePoint) {
    return codePoint == TEXT_VARIATION || codePoint == EMOJI_VARIATION;
  }

  /// Half a surrogate pair, or a code point that never becomes a character.
  static boolean unpaired(int codePoint) {
    return (codePoint >= 0xD800 && codePoint <= 0xDFFF)
        || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
        || (codePoint & 0xFFFE) == 0xFFFE;
  }

  static boolean tag(int codePoint) {
    return codePoint >= FIRST_TAG && codePoint <= LAST_TAG;
  }

  /// Tags spell the region of a flag and follow the black flag only.
  static boolean takesTag(int before) {
    return before == BLACK_FLAG || tag(before);
  }

  static boolean joinsEmoji(int before) {
    return Character.isExtendedPictographic(before)
        || Character.isEmojiModifier(before)
        || before == EMOJI_VARIATION;
  }

  /// Arabic, Syriac, the scripts of India and their neighbours write with joiners.
  static boolean joinsLetters(int neighbour) {
    return neighbour >= 0x600
        && neighbour < 0x2000
        && !is(neighbour)
        && (Character.isLetter(neighbour)
            || Character.getType(neighbour) == Character.NON_SPACING_MARK
            || Character.getType(neighbour) == Character.COMBINING_SPACING_MARK);
  }
}
