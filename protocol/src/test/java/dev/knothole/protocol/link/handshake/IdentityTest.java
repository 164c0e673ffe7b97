package dev.knothole.protocol.link.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

final class IdentityTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void a_certificate_is_signed_by_its_own_key_and_never_ends() throws GeneralSecurityException {
    for (int i = 0; i < 50; i++) { // Signatures differ in length.
      var certificate = Identity.generate(random).certificate();
      certificate.verify(certificate.getPublicKey());
      certificate.checkValidity(Date.from(Instant.parse("2020-01-01T00:00:00Z")));
      certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:59Z")));
      assertEquals(3, certificate.getVersion());
      assertEquals("SHA256withECDSA", certificate.getSigAlgName());
      assertEquals("CN=knothole", certificate.getSubjectX500Principal().getName());
      assertEquals(1, certificate.getSerialNumber().signum());
    }
  }

  @Test
  void an_identity_that_was_kept_is_the_same() throws GeneralSecurityException {
    var identity = Identity.generate(random);
    byte[] der = identity.certificate().getEncoded();
    var read =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    var again = new Identity(identity.key(), read);
    assertEquals(identity.fingerprint(), again.fingerprint());
    assertArrayEquals(der, again.certificate().getEncoded());
  }

  @Test
  void no_two_identities_are_alike() {
    assertNotEquals(
        Identity.generate(random).fingerprint(), Identity.generate(random).fingerprint());
  }

  @Test
  void a_key_on_another_curve_is_no_identity() throws GeneralSecurityException {
    var keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp384r1"));
    var pair = keys.generateKeyPair();
    var certificate = SelfSigned.certificate(pair, random);
    certificate.verify(certificate.getPublicKey());
    assertThrows(CertificateException.class, () -> new Identity(pair.getPrivate(), certificate));
  }

  @Test
  void a_fingerprint_is_of_64_digits() {
    assertThrows(IllegalArgumentException.class, () -> new Fingerprint("ab"));
    assertThrows(IllegalArgumentException.class, () -> new Fingerprint("AB".repeat(32)));
  }
}
