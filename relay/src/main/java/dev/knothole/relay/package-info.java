/// The relay: it knows who is where, and introduces two peers to each other.
///
/// [dev.knothole.relay.RelayCore] is all of it but the sockets, and pure: every datagram goes in,
/// what is to be sent comes out. Two judges sit in it. [dev.knothole.relay.Rendezvous] judges what
/// the open dialect says; beneath it the [dev.knothole.relay.Directory] finds a registration by
/// name and by address and forgets those that fell silent. The [dev.knothole.relay.Switchboard]
/// judges what clients say over links: whose each name is ([dev.knothole.relay.NameBook]), who
/// calls whom, and what goes through which circuit. A [dev.knothole.relay.RelayServer] brings the
/// datagrams of its sockets on one thread and counts. [dev.knothole.relay.Main] is the program
/// around it; the client embeds the server without the program.
///
/// **What is remembered**: in a [dev.knothole.relay.RelayFile] the relay's identity, and for each
/// owned name its key and last use; all else is gone with the process, and clients sign in again.
///
/// **What a stranger can do**: fill the directory, which is capped (the longest idle goes first);
/// take a name that no key owns, because nothing in the open dialect proves who somebody is; and
/// have the relay send to an address that is not his, which is why no answer is much larger than
/// what asked for it (see [dev.knothole.relay.Rendezvous]).
@NullMarked
package dev.knothole.relay;

import org.jspecify.annotations.NullMarked;
