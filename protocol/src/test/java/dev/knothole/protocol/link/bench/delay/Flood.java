package dev.knothole.protocol.link.bench.delay;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;

/// Shows what the path itself can carry: datagrams without any protocol, from one thread to itself.
public final class Flood implements AutoCloseable {
  private static final int DATAGRAM = 1452;

  /// As senders without segmentation offload, and as those with it.
  public static final int ONE = 1;

  public static final int MANY = 44;

  private final Udp sender = Udp.open();
  private final Udp receiver = Udp.open();

  public Flood() throws IOException {}

  public int receivingPort() {
    return receiver.port();
  }

  /// @return megabytes per second that arrive
  public double through(int pathPort, int datagramsPerCall, Duration time) throws IOException {
    sender.speakTo(pathPort);
    try (var arena = Arena.ofConfined()) {
      var sent = arena.allocate((long) datagramsPerCall * DATAGRAM);
      var room = arena.allocate(Udp.MOST_BYTES);
      long end = System.nanoTime() + time.toNanos();
      long bytes = 0;
      while (System.nanoTime() - end < 0) {
        sender.send(sent, DATAGRAM);
        for (int count = receiver.receive(room); count > 0; count = receiver.receive(room)) {
          bytes += count;
        }
      }
      return bytes * 1e3 / time.toNanos();
    }
  }

  @Override
  public void close() throws IOException {
    sender.close();
    receiver.close();
  }
}
