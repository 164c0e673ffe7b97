package dev.knothole.protocol.link.bench.transport;

import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/// Who one end is, and whom it expects at the other. They are made once and kept in files, as a
/// user's are, so that making keys counts for no contestant.
public record Credentials(Identity own, Fingerprint peer) {
  public static final String SERVED = "served";
  public static final String MEASURING = "measuring";

  /// Makes both ends' keys.
  ///
  /// @return the files
  public static List<Path> make(Path folder) throws IOException, GeneralSecurityException {
    var random = new SecureRandom();
    var files = new ArrayList<Path>();
    for (var name : new String[] {SERVED, MEASURING}) {
      var identity = Identity.generate(random);
      files.add(Files.write(folder.resolve(name + ".key"), identity.key().getEncoded()));
      files.add(Files.write(folder.resolve(name + ".cert"), identity.certificate().getEncoded()));
    }
    return files;
  }

  public static Credentials of(String own, String peer, Path folder)
      throws IOException, GeneralSecurityException {
    var encoded = new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(own + ".key")));
    var key = KeyFactory.getInstance("EC").generatePrivate(encoded);
    var expected = Fingerprint.of(certificate(peer, folder).getPublicKey());
    return new Credentials(new Identity(key, certificate(own, folder)), expected);
  }

  private static X509Certificate certificate(String name, Path folder)
      throws IOException, GeneralSecurityException {
    byte[] encoded = Files.readAllBytes(folder.resolve(name + ".cert"));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }
}
