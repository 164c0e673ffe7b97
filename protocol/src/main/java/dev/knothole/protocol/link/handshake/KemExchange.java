package dev.knothole.protocol.link.handshake;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;

/// ML-KEM-768 (FIPS 203), with keys as the standard encodes them.
final class KemExchange {
  static final int KEY_BYTES = 1184;
  static final int CIPHERTEXT_BYTES = 1088;

  private static final String NAME = "ML-KEM-768";

  /// What X.509 puts before the key.
  private static final byte[] X509_PREFIX =
      HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

  private KemExchange() {}

  static KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(NamedParameterSpec.ML_KEM_768, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK 25 has " + NAME, broken);
    }
  }

  static byte[] encode(KeyPair pair) {
    byte[] x509 = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(x509, X509_PREFIX.length, x509.length);
  }

  static KEM.Encapsulated encapsulate(byte[] key, SecureRandom random)
      throws GeneralSecurityException {
    byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + key.length);
    System.arraycopy(key, 0, x509, X509_PREFIX.length, key.length);
    var publicKey = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
    return KEM.getInstance(NAME).newEncapsulator(publicKey, random).encapsulate();
  }

  static byte[] decapsulate(KeyPair pair, byte[] ciphertext) throws GeneralSecurityException {
    try {
      var decapsulator = KEM.getInstance(NAME).newDecapsulator(pair.getPrivate());
      return decapsulator.decapsulate(ciphertext).getEncoded();
    } catch (DecapsulateException notOne) {
      throw new GeneralSecurityException(notOne);
    }
  }
}
