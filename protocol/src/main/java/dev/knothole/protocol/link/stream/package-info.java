/// The streams of a link: ordered bytes in both directions, as many at once as the two sides allow
/// (RFC 9000, sections 2 to 4).
///
/// [dev.knothole.protocol.link.stream.Streams] is one end of them. It knows no packets: it gives
/// [dev.knothole.protocol.link.stream.Piece]s and [dev.knothole.protocol.link.stream.Signal]s to
/// whoever fills packets, and learns which were acknowledged or lost. A piece is acknowledged or
/// lost as a whole; what was lost is cut anew, and goes before anything new of its stream.
///
/// **Streams.** All are bidirectional. Ids are those of RFC 9000, section 2.1: bit 0 tells who
/// opened it (0 the client), bit 1 is zero, and each side counts up by four; the first use of an
/// id by its opener opens all lower ones. Of a stream that is over nothing is kept: it is the one
/// below the next id that does not live. Both halves follow the state machines of section 3.
///
/// **Order.** Strictly by [dev.knothole.protocol.link.stream.Priority], lost before new within a
/// stream, in turn among equals, a piece each. A lower priority may starve as long as a higher one
/// has something to send and may. So that a chat message never waits behind a file, the last
/// 8 KiB of the connection's credit and an eighth of the budget belong to what is urgent.
///
/// **Credit.** Limits as in section 4, for each stream and for all; a limit is raised when half of
/// its window is used, by a window that doubles while half of it is used within two round trips.
/// A limit that was told is never taken back, but it is a promise, not memory: windows together
/// may promise more than the budget has.
///
/// **Memory.** [dev.knothole.protocol.link.stream.BufferBudget] counts the chunks that hold bytes.
/// A writer is given fewer bytes when it runs low, windows shrink down to a floor, and what comes
/// all the same is refused ([dev.knothole.protocol.link.stream.Verdict#NO_ROOM]): its packet is
/// not acknowledged, so the peer sends it again, slower. [dev.knothole.protocol.link.stream.Use]
/// ranks the takers such that some stream can always go on. Without bytes in it, a stream holds no
/// chunk.
///
/// **Bounds on what a peer can make grow.** Streams: the number granted. Bytes: the windows, and
/// the budget. Pieces apart from each other: 1024 for each stream. Signals and events that wait:
/// one of each kind for each stream.
@NullMarked
package dev.knothole.protocol.link.stream;

import org.jspecify.annotations.NullMarked;
