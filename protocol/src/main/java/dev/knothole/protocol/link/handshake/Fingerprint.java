package dev.knothole.protocol.link.handshake;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;

/// What a peer is known by: the SHA-256 of its public key, as SubjectPublicKeyInfo (RFC 7469,
/// section 2.4). The rest of a certificate says nothing.
///
/// @param hex 64 lower-case digits
public record Fingerprint(@JsonValue String hex) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Fingerprint {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no fingerprint: " + hex);
    }
  }

  public static Fingerprint of(PublicKey key) {
    return new Fingerprint(HexFormat.of().formatHex(sha256(key.getEncoded())));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }
}
