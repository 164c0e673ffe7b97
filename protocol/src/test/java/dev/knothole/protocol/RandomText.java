package dev.knothole.protocol;

import java.util.random.RandomGenerator;

/// Well-formed Unicode of every kind, surrogate pairs and control characters included.
final class RandomText {
  private RandomText() {}

  static String of(RandomGenerator random, int maxCodePoints) {
    return random
        .ints(random.nextInt(maxCodePoints + 1), 0, 5)
        .map(
            kind ->
                switch (kind) {
                  case 0 -> random.nextInt(0x20);
                  case 1 -> 0x20 + random.nextInt(0x60);
                  case 2 -> 0xA0 + random.nextInt(0x700);
                  case 3 -> 0x3000 + random.nextInt(0x1000);
                  default -> 0x1F300 + random.nextInt(0x600);
                })
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
