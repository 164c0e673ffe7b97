package dev.knothole.protocol.link.handshake;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/// Shows TLS the way to the [PeerCheck]: no authority, no host name, no date, only the key.
final class PeerTrust implements X509TrustManager {
  private static final int P256_BITS = 256;

  private final PeerCheck check;
  private Optional<HandshakeFailure> refusal = Optional.empty();

  PeerTrust(PeerCheck check) {
    this.check = check;
  }

  /// Why the peer's certificate was refused, if it was.
  Optional<HandshakeFailure> refusal() {
    return refusal;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    refusal = Optional.of(HandshakeFailure.UNSUITABLE_CERTIFICATE);
    requireP256(chain[0]);
    refusal = Optional.of(HandshakeFailure.WRONG_PEER);
    if (!check.accepts(Fingerprint.of(chain[0].getPublicKey()))) {
      throw new CertificateException("not the peer that is expected");
    }
    refusal = Optional.empty();
  }

  /// JDK 25 has no other curve of this size.
  static void requireP256(X509Certificate certificate) throws CertificateException {
    if (!(certificate.getPublicKey() instanceof ECPublicKey key)
        || key.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
      throw new CertificateException("not a key on P-256");
    }
  }
}
