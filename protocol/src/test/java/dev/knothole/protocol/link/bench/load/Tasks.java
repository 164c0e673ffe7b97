package dev.knothole.protocol.link.bench.load;

import dev.knothole.protocol.link.bench.transport.ByteStream;
import dev.knothole.protocol.link.bench.transport.Connection;
import dev.knothole.protocol.link.bench.transport.Dialer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// What the measuring end can do, each time over a new connection. Times are answered in
/// nanoseconds.
final class Tasks {
  private static final int MESSAGE = 100;
  private static final int BUFFER = 64 << 10;

  private final Dialer dialer;
  private final InetSocketAddress served;
  private final ThreadFactory threads;

  /// Kept open, so that memory can be looked at while they are.
  private final List<Connection> kept = new ArrayList<>();

  private @Nullable Watch watch;

  Tasks(Dialer dialer, InetSocketAddress served, ThreadFactory threads) {
    this.dialer = dialer;
    this.served = served;
    this.threads = threads;
  }

  void firstReply() throws IOException {
    kept.add(connectAndAsk());
  }

  private Connection connectAndAsk() throws IOException {
    var connection = dialer.connect(served);
    ask(begin(connection, Wish.echo(MESSAGE)), new byte[MESSAGE]);
    return connection;
  }

  private static ByteStream begin(Connection connection, Wish wish) throws IOException {
    var stream = connection.open();
    wish.writeTo(stream);
    return stream;
  }

  private static void ask(ByteStream stream, byte[] message) throws IOException {
    stream.write(message, 0, message.length);
    if (!stream.readFully(message)) {
      throw new IOException("the stream ended before the reply");
    }
  }

  /// How many bytes arrive within a time, after another time that does not count.
  String flow(int size, int warmMillis, int measuredMillis) throws IOException {
    try (var connection = dialer.connect(served)) {
      var stream = begin(connection, new Wish(size, Wish.WITHOUT_END));
      byte[] buffer = new byte[BUFFER];
      long begin = System.nanoTime() + nanos(warmMillis);
      long end = begin + nanos(measuredMillis);
      long bytes = 0;
      while (true) {
        int count = some(stream, buffer);
        long now = System.nanoTime();
        if (now - end > 0) {
          return Long.toString(bytes);
        }
        bytes += now - begin > 0 ? count : 0;
      }
    }
  }

  private static int some(ByteStream stream, byte[] buffer) throws IOException {
    int count = stream.read(buffer, 0, buffer.length);
    if (count < 0) {
      throw new IOException("the flow ended");
    }
    return count;
  }

  private static long drain(ByteStream stream, long amount) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long taken = 0;
    while (taken < amount) {
      taken += some(stream, buffer);
    }
    return taken;
  }

  /// How long so many bytes take.
  String bulk(int size, long amount) throws IOException {
    try (var connection = dialer.connect(served)) {
      long begin = System.nanoTime();
      drain(begin(connection, new Wish(size, amount)), amount);
      return Long.toString(System.nanoTime() - begin);
    }
  }

  /// Half of the replies, and all but a hundredth, take at most so long.
  String echo(int size, int warmMillis, int measuredMillis) throws IOException {
    try (var connection = dialer.connect(served)) {
      var stream = begin(connection, Wish.echo(size));
      var latencies = new Latencies();
      byte[] message = new byte[size];
      long begin = System.nanoTime() + nanos(warmMillis);
      long end = begin + nanos(measuredMillis);
      for (long now = System.nanoTime(); now - end < 0; ) {
        ask(stream, message);
        long replied = System.nanoTime();
        if (now - begin >= 0) {
          latencies.add(replied - now);
        }
        now = replied;
      }
      return latencies.percentile(0.5) + " " + latencies.percentile(0.99);
    }
  }

  /// Half of new connections have their first reply within so long.
  String connects(int times) throws IOException {
    var latencies = new Latencies();
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      var connection = connectAndAsk();
      latencies.add(System.nanoTime() - begin);
      connection.close();
    }
    return Long.toString(latencies.percentile(0.5));
  }

  /// How long it takes until so many connections, which then stay open, all got so many bytes.
  String crowd(int size, long amount) throws IOException {
    for (int i = 0; i < size; i++) {
      kept.add(dialer.connect(served));
    }
    var crowd = kept.subList(kept.size() - size, kept.size());
    long begin = System.nanoTime();
    var transfers = new ArrayList<Background<Long>>();
    for (var connection : crowd) {
      transfers.add(
          Background.start(
              threads, () -> drain(begin(connection, new Wish(BUFFER, amount)), amount)));
    }
    for (var transfer : transfers) {
      transfer.await();
    }
    return Long.toString(System.nanoTime() - begin);
  }

  /// Reads in the background for so long and remembers when what arrived.
  String watch(int millis) throws IOException {
    var connection = dialer.connect(served);
    var stream = begin(connection, new Wish(BUFFER, Wish.WITHOUT_END));
    watch = Watch.begin(connection, stream, nanos(millis), threads);
    return "watching";
  }

  Watch watch() {
    if (watch == null) {
      throw new IllegalStateException("nothing is watched");
    }
    return watch;
  }

  String disperse() {
    kept.forEach(Connection::close);
    kept.clear();
    return "done";
  }

  private static long nanos(int millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
