package dev.knothole.protocol.link.crypto;

import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.PacketNumber;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Hides the packet number and the low bits of the first byte under a mask that is AES of a sample
/// of the ciphertext (RFC 9001, section 5.4). The key stays the same over key updates.
final class HeaderProtection {
  private static final int SAMPLE_BYTES = 16;

  private final SecretKeySpec key;
  private @Nullable Cipher cipher;
  private final byte[] mask = new byte[SAMPLE_BYTES];

  HeaderProtection(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  private Cipher cipher() {
    var made = cipher;
    if (made == null) {
      made = newCipher(key);
      cipher = made;
    }
    return made;
  }

  private static Cipher newCipher(SecretKeySpec key) {
    try {
      var aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, key);
      return aes;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK has AES", broken);
    }
  }

  /// Keeps the key only; the next packet makes the rest again.
  void rest() {
    cipher = null;
  }

  /// Protects a packet whose ciphertext is in place.
  void apply(byte[] packet, int start, int numberOffset) {
    int length = numberLength(packet[start]);
    sample(packet, numberOffset);
    maskFirst(packet, start);
    maskNumber(packet, numberOffset, length);
  }

  /// Takes the protection off, which shows how long the packet number is.
  ///
  /// @return that length
  int remove(byte[] packet, int start, int numberOffset) {
    sample(packet, numberOffset);
    maskFirst(packet, start);
    int length = numberLength(packet[start]);
    maskNumber(packet, numberOffset, length);
    return length;
  }

  private static int numberLength(byte first) {
    return (first & Layout.NUMBER_LENGTH_BITS) + 1;
  }

  private void sample(byte[] packet, int numberOffset) {
    try {
      cipher().update(packet, numberOffset + PacketNumber.MAX_LENGTH, SAMPLE_BYTES, mask, 0);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("a whole block always has room", broken);
    }
  }

  private void maskFirst(byte[] packet, int start) {
    boolean isLong = (packet[start] & 0x40) != 0;
    packet[start] ^=
        (byte) (mask[0] & (isLong ? Layout.LONG_PROTECTED_BITS : Layout.SHORT_PROTECTED_BITS));
  }

  private void maskNumber(byte[] packet, int numberOffset, int length) {
    for (int i = 0; i < length; i++) {
      packet[numberOffset + i] ^= mask[1 + i];
    }
  }
}
