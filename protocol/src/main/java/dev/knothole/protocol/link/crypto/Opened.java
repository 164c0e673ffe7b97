package dev.knothole.protocol.link.crypto;

/// What became of a packet that the keys were asked to open.
public enum Opened {
  /// It is authentic and new; its frames may be read.
  OPENED,
  /// It was opened before, or is older than the memory of what was opened.
  REPLAYED,
  /// It was not sealed by the peer, was changed on its way, or by keys that are gone.
  FORGED
}
