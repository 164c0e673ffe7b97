package dev.knothole.protocol.link;

/// Where datagrams go to and come from, as the socket below knows it: an address, or a circuit
/// through a relay. The link only tells routes apart, by `equals`, and never looks inside.
public interface Route {
  /// The largest datagram worth trying, in bytes that the link may fill.
  int maxDatagram();

  /// The route in bytes that are always the same for equal routes: what a token for it is made of.
  byte[] encoded();
}
