package dev.knothole.protocol.link.stream;

/// What went into a packet: kept with the packet until it is acknowledged or lost, and handed back
/// to [Streams] then.
public sealed interface Sent permits Piece, Signal {}
