package dev.knothole.protocol.link.udp;

/// When the kernel is asked to cut what is sent into datagrams and to glue together what arrived
/// (Linux: UDP_SEGMENT and UDP_GRO). Where it refuses, datagrams go one by one.
public enum Offload {
  NEVER,

  /// Once traffic is dense enough to gain from it: linking the C library takes some 100 ms of a
  /// core and 13 MB of memory (measured cold, with 64 MB of heap), which a chat need not pay.
  WHEN_BUSY,

  /// Before [UdpSocket#open] returns.
  AT_ONCE
}
