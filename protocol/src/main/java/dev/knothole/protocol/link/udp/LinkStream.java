package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.stream.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// One stream of a [Link], with calls that wait. One thread may read while another writes; two that
/// write at once would mix their bytes.
public final class LinkStream {
  private static final int KEEP_AT_ONCE = 16 << 10;

  private final LinkSocket socket;
  private final Link link;
  private final long id;
  private final Condition readable;
  private final Condition writable;
  private int afterRest;
  private boolean ended;
  private @Nullable ByteArrayInputStream rest;

  LinkStream(LinkSocket socket, Link link, long id) {
    this.socket = socket;
    this.link = link;
    this.id = id;
    readable = socket.monitor().newCondition();
    writable = socket.monitor().newCondition();
  }

  /// Waits for bytes.
  ///
  /// @return how many were read, at least 1 unless `length` is 0, or -1 at the end
  /// @throws IOException if the peer gave up, or the link ended
  public int read(byte[] to, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    // Here and in write, what LinkSocket.call does, without its closures: a million times a second.
    socket.monitor().lock();
    try {
      socket.requireOpen();
      int n = tryRead(to, at, length);
      while (n == 0) {
        socket.awaitNews(readable);
        n = tryRead(to, at, length);
      }
      socket.pump();
      return n;
    } finally {
      socket.monitor().unlock();
    }
  }

  private int tryRead(byte[] to, int at, int length) throws IOException {
    int n = ended ? Streams.END : rest == null ? arrived(to, at, length) : rest(to, at, length);
    ended |= n == Streams.END;
    if (n == Streams.GONE) {
      throw link.failure("the stream was given up by the peer");
    }
    if (n == 0) {
      link.requireOpen();
    }
    return n;
  }

  private int arrived(byte[] to, int at, int length) {
    return link.connection().read(id, to, at, length);
  }

  /// What is left in the end: bytes, then what came after them.
  private int rest(byte[] to, int at, int length) {
    int n = Objects.requireNonNull(rest).read(to, at, length);
    return n < 0 ? afterRest : n;
  }

  /// The peer has closed the link, and what came before can be read for a few seconds only: who
  /// reads slowly shall not lose it.
  void keepRest() {
    var kept = new ByteArrayOutputStream();
    byte[] some = new byte[KEEP_AT_ONCE];
    int n = arrived(some, 0, some.length);
    while (n > 0) {
      kept.write(some, 0, n);
      n = arrived(some, 0, some.length);
    }
    afterRest = n;
    rest = new ByteArrayInputStream(kept.toByteArray());
  }

  /// Hands over all of the bytes; waits while there is no memory for them.
  ///
  /// @throws IOException if the peer wants no more, or the link ended; some bytes may have gone
  public void write(byte[] from, int at, int length) throws IOException {
    socket.monitor().lock();
    try {
      socket.requireOpen();
      int written = tryWrite(from, at, length);
      while (written < length) {
        socket.awaitNews(writable);
        written += tryWrite(from, at + written, length - written);
      }
      socket.pump();
    } finally {
      socket.monitor().unlock();
    }
  }

  private int tryWrite(byte[] from, int at, int length) throws IOException {
    int n = link.connection().write(id, from, at, length);
    if (n == Streams.GONE) {
      throw link.failure("the stream is closed for writing");
    }
    if (n < length) {
      link.requireOpen();
    }
    return n;
  }

  /// Says that nothing follows.
  public void finish() throws IOException {
    socket.call(
        () -> {
          link.connection().finish(id);
          return id;
        });
  }

  /// Gives up both directions.
  ///
  /// @param code of the application, for the peer
  public void reset(long code) throws IOException {
    socket.call(
        () -> {
          link.connection().reset(id, code);
          link.connection().stop(id, code);
          return id;
        });
  }

  void wakeReader() {
    readable.signalAll();
  }

  void wakeWriter() {
    writable.signalAll();
  }
}
