package dev.knothole.protocol.link;

import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.stream.StreamEvent;

/// What the application learns of a connection.
public sealed interface LinkEvent {
  /// Both ends are authenticated to each other.
  record Connected(Fingerprint peer) implements LinkEvent {}

  /// Something about a stream.
  record OfStream(StreamEvent event) implements LinkEvent {}

  /// The peer now allows streams to be opened, after one could not be.
  record RoomForStreams() implements LinkEvent {}

  /// An unreliable datagram.
  record Datagram(byte[] bytes) implements LinkEvent {}

  /// A ping was answered.
  ///
  /// @param roundTrip in nanoseconds
  record Pong(long roundTrip) implements LinkEvent {}

  /// An authenticated challenge came back over the path: it can be used.
  ///
  /// @param roundTrip of the challenge, in nanoseconds
  record PathValidated(Route route, long roundTrip) implements LinkEvent {}

  /// No challenge came back over the path, and no more are sent.
  record PathFailed(Route route) implements LinkEvent {}

  /// The peer has sent over a route that was not known before, if only to try it. Whoever wants to
  /// send there tries it too, with [Connection#addPath].
  record PathSeen(Route route) implements LinkEvent {}

  /// What the peer sends comes over this route from now on. While it sends everything over two,
  /// the one takes turns with the other.
  record PathUsed(Route route) implements LinkEvent {}

  /// The peer is reached at another route than before, because a router on the way gave it a new
  /// address: what was sent to the old one now goes to the new one.
  record PathRebound(Route before, Route after) implements LinkEvent {}

  /// The last event.
  record Closed(CloseReason reason) implements LinkEvent {}
}
