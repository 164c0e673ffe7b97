package dev.knothole.protocol.link.udp;

/// What a socket was made for. One of `INET6` reaches IPv4 too, as mapped addresses.
enum Family {
  INET,
  INET6
}
