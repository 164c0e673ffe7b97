/// The wire: what two programs must agree on, and nothing else.
///
/// A datagram carries one JSON value, a [dev.knothole.protocol.Message].
/// [dev.knothole.protocol.MessageJson] turns bytes into a message or into a
/// [dev.knothole.protocol.MalformedMessage]; there is no third outcome, whatever the bytes. Names
/// and addresses are parsed here once: a [dev.knothole.protocol.Username] or
/// [dev.knothole.protocol.Endpoint] that exists is valid, and every message that exists fits into
/// one datagram of [dev.knothole.protocol.MessageJson#MAX_BYTES] bytes.
///
/// Pure: no socket, thread, clock, file or randomness.
@NullMarked
package dev.knothole.protocol;

import org.jspecify.annotations.NullMarked;
