package dev.knothole.protocol.link.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES-GCM for the packets of one direction and one generation of keys, in place; the nonce is the
/// packet number over a secret (RFC 9001, section 5.3). A packet number is never sealed twice.
final class PacketCipher {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private @Nullable Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] iv;
  private final byte[] nonce = new byte[NONCE_BYTES];

  PacketCipher(byte[] key, byte[] iv) {
    this.key = new SecretKeySpec(key, "AES");
    this.iv = iv;
  }

  private Cipher cipher() {
    var made = cipher;
    if (made == null) {
      made = newCipher();
      cipher = made;
    }
    return made;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK has AES-GCM", broken);
    }
  }

  /// Keeps the key only; the next packet makes the rest again.
  void rest() {
    cipher = null;
  }

  /// The cipher of a traffic secret.
  static PacketCipher of(byte[] secret) {
    return new PacketCipher(
        Hkdf.expandLabel(secret, "knothole key", KEY_BYTES),
        Hkdf.expandLabel(secret, "knothole iv", NONCE_BYTES));
  }

  /// Seals from the payload to the end and puts the tag behind it.
  void seal(byte[] packet, int start, int payload, int end, long number) {
    var gcm = cipher();
    try {
      gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce(number)));
      gcm.updateAAD(packet, start, payload - start);
      gcm.doFinal(packet, payload, end - payload, packet, payload);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("sealing cannot fail", broken);
    }
  }

  /// Opens from the payload to the end, tag included.
  ///
  /// @return false, and nothing but the payload's bytes lost, if the packet was not sealed with
  ///     this key, number and header
  boolean open(byte[] packet, int start, int payload, int end, long number) {
    var gcm = cipher();
    try {
      gcm.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce(number)));
      gcm.updateAAD(packet, start, payload - start);
      gcm.doFinal(packet, payload, end - payload, packet, payload);
      return true;
    } catch (AEADBadTagException forged) {
      return false;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("opening fails by its tag only", broken);
    }
  }

  byte[] nonce(long number) {
    System.arraycopy(iv, 0, nonce, 0, NONCE_BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[NONCE_BYTES - 1 - i] ^= (byte) (number >>> (8 * i));
    }
    return nonce;
  }
}
