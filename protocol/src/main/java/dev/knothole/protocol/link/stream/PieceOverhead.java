package dev.knothole.protocol.link.stream;

/// How many bytes the wire needs around the bytes of a piece: the most for any piece of this stream
/// up to this offset.
@FunctionalInterface
public interface PieceOverhead {
  int bytes(long stream, long offset);
}
