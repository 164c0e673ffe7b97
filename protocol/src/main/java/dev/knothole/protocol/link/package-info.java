/// The link: what all programs of this house speak to each other, a secure and reliable connection
/// with many streams over datagrams (in the shape of QUIC: RFC 9000, 9001, 9002).
///
/// [dev.knothole.protocol.link.Links] holds all connections of one socket,
/// [dev.knothole.protocol.link.Connection] is one of them. Both are pure: packets, calls and the
/// time go in; datagrams, events and one time to be woken at are taken out. The bytes of a packet
/// are copied once on either side, between the buffer of its stream and the datagram.
///
/// # A message, there and back
///
/// ```
/// write -> Streams -> DataContent -> DataSpace (number, keys, pacing) -> Transmission -> socket
/// socket -> Links (whose is it?) -> DataSpace.open -> DataFrames -> Streams -> event -> read
///           acknowledgements -> LossDetector -> DataContent.acknowledged or lost -> Streams
/// ```
///
/// # Parts
///
/// - `Lifetime`: how long a connection may take to begin and be silent then, and `Ending`, its last
///   seconds.
/// - `Exchange`: which packets go back and forth at what time of that life.
/// - `HandshakeSpace`: Initial and Handshake packets, which carry the bytes of
///   [dev.knothole.protocol.link.handshake]; it is gone when both ends are authenticated. Until a
///   client's address is proven, three times as much is sent to it as came from there.
/// - `DataSpace`: Data packets: number, fate, acknowledgement. It exists only once there are keys
///   that an authenticated peer shares, so no application byte can leave before.
/// - `DataContent` and `DataFrames`: what goes into Data packets, and who gets what came in them.
/// - `Paths`: a [dev.knothole.protocol.link.Route] is used after a challenge came back over it. The
///   application offers routes and chooses; only a peer that reappears at a new address by itself
///   is followed. `Steering` turns to a path; `PathState` is what was learnt about the current one,
///   and begins anew with it.
/// - `Doorkeeper`: what strangers are told, without remembering them.
///
/// # Packets that are sent twice
///
/// A duplicate over a second path is the same packet with the same number, so the replay window of
/// its keys drops whichever comes later; nothing above can see it.
///
/// # Limits
///
/// Of strangers: handshakes and connections at once ([dev.knothole.protocol.link.LinkOptions]),
/// bytes of a handshake, paths, datagrams that wait. Of peers: what
/// [dev.knothole.protocol.link.stream] grants, and the memory of
/// [dev.knothole.protocol.link.stream.BufferBudget], one for the process.
@NullMarked
package dev.knothole.protocol.link;

import org.jspecify.annotations.NullMarked;
