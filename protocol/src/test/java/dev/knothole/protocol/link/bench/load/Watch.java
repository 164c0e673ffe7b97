package dev.knothole.protocol.link.bench.load;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/// A flow that is looked at while something happens to its path, and asked about afterwards.
/// Moments are those of [System#nanoTime()], which on Linux is one clock for all processes.
final class Watch {
  private static final int BUFFER = 64 << 10;
  private static final Duration GRACE = Duration.ofMillis(100);

  private final Connection connection;
  private final Timeline timeline;
  private final long end;
  private final Background<Long> reading;

  private Watch(Connection connection, Timeline timeline, long end, Background<Long> reading) {
    this.connection = connection;
    this.timeline = timeline;
    this.end = end;
    this.reading = reading;
  }

  static Watch begin(Connection connection, ByteStream stream, long nanos, ThreadFactory threads) {
    long now = System.nanoTime();
    long end = now + nanos;
    var timeline = new Timeline(now, nanos);
    return new Watch(
        connection, timeline, end, Background.start(threads, () -> read(stream, timeline, end)));
  }

  private static long read(ByteStream stream, Timeline timeline, long end) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (long now = System.nanoTime(); now - end < 0; ) {
      int count = stream.read(buffer, 0, buffer.length);
      if (count < 0) {
        throw new IOException("the flow ended");
      }
      now = System.nanoTime();
      timeline.read(count, now);
      bytes += count;
    }
    return bytes;
  }

  /// When the time is over, a flow that stalls is not waited for.
  String await() throws IOException {
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    if (reading.isOver(GRACE)) {
      reading.await();
    }
    connection.close();
    return "done";
  }

  String move(InetSocketAddress to) throws IOException {
    connection.moveTo(to);
    return "moved";
  }

  String pause(long from, long to) {
    return Long.toString(timeline.longestPause(from, to));
  }

  String between(long from, long to) {
    return Long.toString(timeline.bytesBetween(from, to));
  }

  String after(long moment) {
    return Long.toString(timeline.untilNextAfter(moment));
  }
}
