package dev.knothole.protocol.link.handshake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// Writes the one kind of certificate that is needed here, in DER (RFC 5280, section 4.1): TLS
/// wants one, and nobody reads anything of it but the key.
final class SelfSigned {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xA0;
  private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
  private static final int SERIAL_BYTES = 16;

  private SelfSigned() {}

  static X509Certificate certificate(KeyPair pair, SecureRandom random)
      throws GeneralSecurityException {
    byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
    byte[] toBeSigned = toBeSigned(pair, algorithm, random);
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate(), random);
    signature.update(toBeSigned);
    byte[] wholeBytes = {0};
    byte[] signed = der(BIT_STRING, wholeBytes, signature.sign());
    var in = new ByteArrayInputStream(der(SEQUENCE, toBeSigned, algorithm, signed));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
  }

  private static byte[] toBeSigned(KeyPair pair, byte[] algorithm, SecureRandom random) {
    byte[] version3 = der(VERSION, der(INTEGER, new byte[] {2}));
    byte[] name = name("knothole");
    return der(
        SEQUENCE,
        version3,
        der(INTEGER, serial(random)),
        algorithm,
        name,
        forEver(),
        name,
        pair.getPublic().getEncoded());
  }

  /// Positive, and without a leading zero that DER would not allow.
  private static byte[] serial(SecureRandom random) {
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3F) | 0x40);
    return serial;
  }

  private static byte[] name(String commonName) {
    byte[] text = der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text)));
  }

  /// The end is that of a certificate without one (section 4.1.2.5).
  private static byte[] forEver() {
    return der(
        SEQUENCE,
        der(UTC_TIME, "200101000000Z".getBytes(StandardCharsets.US_ASCII)),
        der(GENERALIZED_TIME, "99991231235959Z".getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
  }
}
