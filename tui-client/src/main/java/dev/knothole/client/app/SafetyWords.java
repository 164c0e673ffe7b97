package dev.knothole.client.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.knothole.protocol.link.handshake.Fingerprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Six words that two people compare by voice: the same on both screens when, and only when, each
/// has the key of the other. 66 bits of a hash over both keys, so who wants to be taken for one of
/// them would have to make some 2^66 keys.
///
/// The words are the English list of BIP 39 (MIT licence): 2,048 of them, told apart by their first
/// four letters.
final class SafetyWords {
  private static final int COUNT = 6;
  private static final int BITS = 11;
  private static final String LABEL = "knothole safety words 1 ";

  private SafetyWords() {}

  static String of(Fingerprint one, Fingerprint other) {
    boolean inOrder = one.hex().compareTo(other.hex()) <= 0;
    String both = inOrder ? one.hex() + other.hex() : other.hex() + one.hex();
    var number = new BigInteger(1, sha256(LABEL + both)).shiftRight(256 - COUNT * BITS);
    var list = list();
    var words = new ArrayList<String>();
    for (int i = COUNT - 1; i >= 0; i--) {
      words.add(list.get(number.shiftRight(i * BITS).intValue() & ((1 << BITS) - 1)));
    }
    return String.join(" ", words);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }

  private static List<String> list() {
    var resource =
        Objects.requireNonNull(
            SafetyWords.class.getResourceAsStream("/dev/knothole/client/words.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(resource, US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
