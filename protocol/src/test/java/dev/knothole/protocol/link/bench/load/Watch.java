package dev.knothole.protocol.link.bench.load;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/// A flow that is looked at while something happens to its path, and asked about afterwards.
/// Moments are those of [System#nanoTime()], which on Linux is one clock for all processes.
final class Watch {
  private static final int BUFFER = 64 << 10;

  private final Connection connection;
  private final Timeline timeline;
  private final Background<String> reading;

  private Watch(Connection connection, Timeline timeline, Background<String> reading) {
    this.connection = connection;
    this.timeline = timeline;
    this.reading = reading;
  }

  static Watch begin(Connection connection, ByteStream stream, long nanos, ThreadFactory threads) {
    long end = System.nanoTime() + nanos;
    var timeline = new Timeline(System.nanoTime(), nanos);
    return new Watch(
        connection,
        timeline,
        Background.start(threads, () -> read(connection, stream, timeline, end)));
  }

  private static String read(Connection connection, ByteStream stream, Timeline timeline, long end)
      throws IOException {
    try (connection) {
      byte[] buffer = new byte[BUFFER];
      for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
        int count = stream.read(buffer, 0, buffer.length);
        if (count < 0) {
          throw new IOException("the flow ended");
        }
        timeline.read(count, System.nanoTime());
      }
      return "done";
    }
  }

  String await() throws IOException {
    return reading.await();
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
