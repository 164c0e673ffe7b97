package dev.knothole.client.history;

/// How far a message of ours has come. In this order, never back, but for [#FAILED], after which
/// it can be queued again.
public enum Delivery {
  /// On our disk, waits for the peer.
  QUEUED,
  /// Handed to a link; sent again if that ends before the peer says more.
  SENT,
  /// On the peer's disk.
  DELIVERED,
  /// Seen by the peer, who wants us to know.
  READ,
  /// Given up.
  FAILED
}
