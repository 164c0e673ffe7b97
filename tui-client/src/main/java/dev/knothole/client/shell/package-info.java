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
/// No decision is made here.
@NullMarked
package dev.knothole.client.shell;

import org.jspecify.annotations.NullMarked;
