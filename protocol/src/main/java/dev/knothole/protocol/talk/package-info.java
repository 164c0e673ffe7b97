/// What our own programs say to each other over links.
///
/// On a link between a client and its relay go [dev.knothole.protocol.talk.RelayTalk] messages, on
/// one between two clients [dev.knothole.protocol.talk.PeerTalk] messages: each on the first stream
/// that the end which began the link opens, one behind the other, as
/// [dev.knothole.protocol.talk.TalkStream] frames them. A
/// [dev.knothole.protocol.talk.Circuit] is the way from one client through the relay to another:
/// the relay forwards what is in a circuit's datagrams and cannot read it.
///
/// Pure: no socket, thread, clock, file or randomness.
@NullMarked
package dev.knothole.protocol.talk;

import org.jspecify.annotations.NullMarked;
