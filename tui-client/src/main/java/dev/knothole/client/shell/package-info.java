/// The thin shell around the deciders: threads, sockets and the clock.
///
/// Two owner threads, each with one ordered queue whose poll timeout is its only timer. [Network]
/// owns the [dev.knothole.client.peer.Peering] and the UDP socket's sending side; [Controller] owns
/// the [dev.knothole.client.app.Client] and the front end. They exchange events, never state.
/// Everything that blocks (receiving, looking names up, reading the terminal) runs on threads that
/// only post.
///
/// ```
/// key      -> front end's reader -> Controller -> Client.handle  -> Effect -> Network
/// datagram -> UdpTransport       -> Network    -> Peering.handle -> Report -> Controller
/// ```
///
/// What is decided here is about this machine alone: when to paint, when to look a name up again.
@NullMarked
package dev.knothole.client.shell;

import org.jspecify.annotations.NullMarked;
