/// Finding and keeping peers: what to say to the relay and to other clients, and when.
///
/// [Peering] is the whole of it, one pure state machine: `handle(input, now) -> outputs`. It signs
/// in at a relay ([RelaySession]), over a link ([RelayLine]) where the relay speaks links.
///
/// Between our own programs a chat is a [PrivateCall]: the relay is asked to pass the wish on, and
/// once both have said yes a link begins through it; [Ways] then looks for a better way, and back
/// when that one dies. All links share one set of [Lines].
///
/// With programs of the open dialect it asks for introductions, punches a hole to each introduced
/// peer ([HolePuncher]) and then keeps that path alive, measured and watched ([OpenPath]). There a
/// datagram belongs to the relay or to one peer by the address it came from, and to nobody
/// otherwise.
///
/// Pure: no socket, thread or clock; randomness comes in through the constructor. Every map that a
/// stranger could grow has a cap.
@NullMarked
package dev.knothole.client.peer;

import org.jspecify.annotations.NullMarked;
