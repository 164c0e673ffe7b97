/// STUN (RFC 8489), as much as a binding request and its answer need: a client asks "from which
/// address do you see me?", the server answers with XOR-MAPPED-ADDRESS.
///
/// Pure: bytes in, values out.
@NullMarked
package dev.knothole.protocol.stun;

import org.jspecify.annotations.NullMarked;
