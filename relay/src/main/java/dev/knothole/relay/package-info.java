/// The relay: it knows who is where, and introduces two peers to each other.
///
/// [dev.knothole.relay.Rendezvous] is the whole of its judgement, one pure state machine:
/// `handle(input, now) -> outputs`. Beneath it the [dev.knothole.relay.Directory] finds a
/// registration by name and by address and forgets those that fell silent. A
/// [dev.knothole.relay.RelayServer] brings it the datagrams of its sockets on one thread, performs
/// what it answers, and counts what it drops. [dev.knothole.relay.Main] is the program around it;
/// the client embeds the server without the program.
///
/// **What is remembered**: per registration a name, an address, the time of its last datagram and
/// whom it was introduced to. Nothing is written to disk, and a relay that starts again starts
/// empty: clients register again.
///
/// **What a stranger can do**: fill the directory, which is capped (the longest idle goes first);
/// take a name, which belongs to its newest registration, because nothing in this dialect proves
/// who somebody is; and have the relay send to an address that is not his, which is why no answer
/// is much larger than what asked for it (see [dev.knothole.relay.Rendezvous]).
@NullMarked
package dev.knothole.relay;

import org.jspecify.annotations.NullMarked;
