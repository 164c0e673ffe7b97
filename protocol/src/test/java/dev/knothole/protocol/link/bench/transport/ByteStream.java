package dev.knothole.protocol.link.bench.transport;

import java.io.EOFException;
import java.io.IOException;

/// Bytes in order, both ways.
public interface ByteStream {
  /// Waits for at least one byte.
  ///
  /// @return how many were read; -1 at the end
  int read(byte[] to, int at, int length) throws IOException;

  /// Waits while the peer or the path cannot take more.
  void write(byte[] from, int at, int length) throws IOException;

  /// No more bytes from this side.
  void finish() throws IOException;

  /// @return false if the stream ended before the first byte
  default boolean readFully(byte[] to) throws IOException {
    for (int at = 0; at < to.length; ) {
      int count = read(to, at, to.length - at);
      if (count < 0 && at == 0) {
        return false;
      }
      if (count < 0) {
        throw new EOFException("the stream ended in the middle of a message");
      }
      at += count;
    }
    return true;
  }
}
