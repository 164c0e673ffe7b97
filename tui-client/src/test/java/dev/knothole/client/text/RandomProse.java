package dev.knothole.client.text;

import java.util.random.RandomGenerator;

/// Text of every kind that a screen meets: words, wide scripts, emoji of several parts, marks,
/// controls, invisible characters, halves of surrogate pairs.
public final class RandomProse {
  private static final String[] CLUSTERS = {
    "e\u0301",
    "\u2705",
    "\uD83D\uDE00",
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "👍🏽",
    "❤️",
    "1️⃣",
    "🏳️‍🌈",
    "क्षि",
    "日",
    "한",
    "ｆ",
    "ا",
    "ש",
    "\u200D",
    "\u200B",
    "\u202E",
    "\u0301",
    "\u0600",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
  };

  private RandomProse() {}

  public static String of(RandomGenerator random, int maxParts) {
    var text = new StringBuilder();
    int parts = random.nextInt(maxParts + 1);
    for (int part = 0; part < parts; part++) {
      append(text, random);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, RandomGenerator random) {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> word(text, random);
      case 4, 5 -> text.repeat(' ', 1 + random.nextInt(3));
      case 6, 7, 8 -> text.append(CLUSTERS[random.nextInt(CLUSTERS.length)]);
      case 9 -> text.append((char) random.nextInt(0xA0));
      case 10 -> text.append((char) random.nextInt(0x10000));
      default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
    }
  }

  private static void word(StringBuilder text, RandomGenerator random) {
    int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 60 : 9);
    for (int at = 0; at < length; at++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
  }
}
