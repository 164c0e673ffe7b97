package dev.knothole.protocol.link.crypto;

/// Keys as if much had been sealed with them, without the hours that it takes.
public final class WornKeys {
  private WornKeys() {}

  /// @param packets sealed with the current generation
  public static void wear(DataKeys keys, long packets) {
    keys.sealed = packets;
  }
}
