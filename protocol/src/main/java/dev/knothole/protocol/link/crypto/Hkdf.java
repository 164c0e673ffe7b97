package dev.knothole.protocol.link.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// HKDF with SHA-256 (RFC 5869) and the labelled expansion of TLS 1.3 (RFC 8446, section 7.1).
public final class Hkdf {
  /// The bytes of a secret.
  public static final int HASH_BYTES = 32;

  private Hkdf() {}

  public static byte[] extract(byte[] salt, byte[]... keyMaterial) {
    var extract = HKDFParameterSpec.ofExtract().addSalt(salt);
    for (byte[] part : keyMaterial) {
      extract.addIKM(part);
    }
    return derive(extract.extractOnly());
  }

  /// HKDF-Expand-Label with an empty context.
  public static byte[] expandLabel(byte[] secret, String label, int length) {
    return expandLabel(secret, label, new byte[0], length);
  }

  public static byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info =
        ByteBuffer.allocate(Short.BYTES + 1 + name.length + 1 + context.length)
            .putShort((short) length)
            .put((byte) name.length)
            .put(name)
            .put((byte) context.length)
            .put(context)
            .array();
    var prk = new SecretKeySpec(secret, "Generic");
    return derive(HKDFParameterSpec.expandOnly(prk, info, length));
  }

  private static byte[] derive(HKDFParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK 25 has HKDF-SHA256", broken);
    }
  }
}
