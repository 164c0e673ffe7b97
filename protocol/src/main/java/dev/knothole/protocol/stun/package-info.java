/// STUN (RFC 8489), as much as a binding request and its answer need: a client asks "from which
/// address do you see me?", the server answers with XOR-MAPPED-ADDRESS.
///
/// [dev.knothole.protocol.stun.Stun] tells at one look whether a datagram is meant to be STUN. A
/// server reads a [dev.knothole.protocol.stun.BindingRequest] and sends what it answers; a client
/// writes one and reads a [dev.knothole.protocol.stun.BindingResponse]. There is no authentication:
/// whoever knows the [dev.knothole.protocol.stun.TransactionId] has seen the request.
///
/// Pure: bytes in, values out.
@NullMarked
package dev.knothole.protocol.stun;

import org.jspecify.annotations.NullMarked;
