package dev.knothole.protocol.link.stream;

/// A range of a stream's bytes in one packet (STREAM, RFC 9000, section 19.8).
///
/// @param fin whether the stream ends with the last of these bytes
public record Piece(long stream, long offset, int length, boolean fin) implements Sent {
  long end() {
    return offset + length;
  }
}
