package dev.knothole.protocol.link.crypto;

/// What a finished handshake leaves: the one secret that all keys of a connection come from. Only a
/// handshake that has authenticated the peer can make one.
///
/// It has no `equals` and no readable `toString`: it is compared and printed by nobody.
public final class LinkSecret {
  private final byte[] bytes;

  /// @param bytes 32 of them, secret and different for each connection
  public LinkSecret(byte[] bytes) {
    if (bytes.length != Hkdf.HASH_BYTES) {
      throw new IllegalArgumentException("a secret of " + bytes.length + " bytes");
    }
    this.bytes = bytes.clone();
  }

  /// The keys of one end.
  ///
  /// @param now nanoseconds; the first generation is this old
  public DataKeys keys(Role role, long now) {
    return new DataKeys(role.secret(bytes), role.peer().secret(bytes), now);
  }
}
