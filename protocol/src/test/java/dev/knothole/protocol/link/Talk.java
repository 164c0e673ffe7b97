package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.Role;

/// What one end did and saw of a stream: the naive account that the other end's is compared with.
final class Talk {
  static final long RESET_CODE = 0x1007;
  static final long STOP_CODE = 0x1008;

  final long stream;

  /// What this end means to write.
  int planned;

  boolean finishing = true;
  long written;
  long read;
  boolean finished;
  boolean reset;
  boolean stopped;
  boolean wasReset;
  boolean wasStopped;
  boolean ended;
  boolean closed;

  /// Whether a look at what has arrived is due anyway.
  boolean looking;

  Talk(long stream) {
    this.stream = stream;
  }

  boolean isWriting() {
    return !finished && !reset && !wasStopped && !closed;
  }

  boolean isReading() {
    return !ended && !stopped && !wasReset && !closed;
  }

  /// The bytes that an end writes to a stream, which everyone knows.
  static byte[] content(long stream, Role writer, long offset, int length) {
    byte[] bytes = new byte[length];
    int own = (int) stream * 7 + (writer == Role.CLIENT ? 0 : 1);
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      bytes[i] = (byte) (at * 31 + (at >> 8) * 17 + (at >> 16) * 5 + own);
    }
    return bytes;
  }
}
