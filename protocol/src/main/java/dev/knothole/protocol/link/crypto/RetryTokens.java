package dev.knothole.protocol.link.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The tokens by which a server remembers, without memory, that a client answered from an address
/// (RFC 9000, section 8.1.2). A token is the time it was made at and an HMAC-SHA-256 of that, the
/// address and the connection id that the client was told to come back to.
public final class RetryTokens {
  /// A client comes back within a round trip; this allows for a few losses.
  public static final long LIFETIME_NANOS = 15_000_000_000L;

  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec key;

  /// @param key 32 random bytes that the server makes when it starts
  public RetryTokens(byte[] key) {
    this.key = new SecretKeySpec(key, MAC);
  }

  /// @param address of the client with its port, in any form that is always the same
  /// @param id the source of the Retry packet
  public byte[] issue(byte[] address, long id, long now) {
    byte[] mac = mac(address, id, now);
    return ByteBuffer.allocate(Long.BYTES + mac.length).putLong(now).put(mac).array();
  }

  /// Whether the token was issued to this address, for this id and not too long ago.
  ///
  /// @param id the destination of the Initial packet that brought the token
  public boolean isValid(ByteBuffer token, byte[] address, long id, long now) {
    if (token.remaining() <= Long.BYTES) {
      return false;
    }
    long issued = token.getLong();
    byte[] mac = new byte[token.remaining()];
    token.get(mac);
    long age = now - issued;
    return MessageDigest.isEqual(mac, mac(address, id, issued)) && age >= 0 && age < LIFETIME_NANOS;
  }

  private byte[] mac(byte[] address, long id, long issued) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(issued).putLong(id).array());
      return mac.doFinal(address);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK has " + MAC, broken);
    }
  }
}
