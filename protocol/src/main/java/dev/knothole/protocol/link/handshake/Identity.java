package dev.knothole.protocol.link.handshake;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// The key that an end proves to hold, and the self-signed certificate that shows it.
public final class Identity {
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Fingerprint fingerprint;
  private final KeyManager[] keyManagers;

  /// An identity that was kept.
  ///
  /// @throws GeneralSecurityException if the certificate is not one of an ECDSA key on P-256 that
  ///     signed itself, or TLS cannot use the key
  public Identity(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
    PeerTrust.requireP256(certificate);
    certificate.verify(certificate.getPublicKey());
    this.key = key;
    this.certificate = certificate;
    this.fingerprint = Fingerprint.of(certificate.getPublicKey());
    this.keyManagers = keyManagers(key, certificate);
  }

  /// A new identity.
  public static Identity generate(SecureRandom random) {
    try {
      var keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"), random);
      var pair = keys.generateKeyPair();
      return new Identity(pair.getPrivate(), SelfSigned.certificate(pair, random));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK has ECDSA on P-256", broken);
    }
  }

  /// The store lives in memory only, so its password keeps nothing; JKS, unlike PKCS 12, does not
  /// stretch it over thousands of rounds.
  private static KeyManager[] keyManagers(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    try {
      char[] password = {};
      var store = KeyStore.getInstance("JKS");
      store.load(null, password);
      store.setKeyEntry("identity", key, password, new Certificate[] {certificate});
      var factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, password);
      return factory.getKeyManagers();
    } catch (IOException broken) {
      throw new IllegalStateException("an empty store is read from nowhere", broken);
    }
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /// To be kept, by who keeps it secret.
  public PrivateKey key() {
    return key;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  KeyManager[] keyManagers() {
    return keyManagers.clone();
  }
}
