package dev.knothole.protocol.link.udp;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;

/// What a datagram costs on this machine: on which kind of thread it is best received, and what
/// offload gains. Both ends are in this process, on loopback.
///
/// Run it as a program; it takes about a minute.
final class UdpMeasurement {
  private static final int DATAGRAM = 1200;
  private static final int BURST = 44;
  private static final long FLOOD_NANOS = 3_000_000_000L;
  private static final int ROUND_TRIPS = 40_000;
  private static final int WARM_UP = 20_000;
  private static final int REPEATS = 3;

  private UdpMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (Offload offload : new Offload[] {Offload.NEVER, Offload.AT_ONCE}) {
        for (Thread.Builder reader :
            new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
          measure(offload, reader);
        }
      }
    }
  }

  private static void measure(Offload offload, Thread.Builder reader) throws Exception {
    String kind = reader instanceof Thread.Builder.OfVirtual ? "virtual" : "platform";
    System.out.println(
        "%-8s %-8s %s; %s"
            .formatted(offload, kind, roundTrips(offload, reader), flood(offload, reader)));
  }

  private static String roundTrips(Offload offload, Thread.Builder reader) throws Exception {
    try (var asking = open(offload);
        var answering = open(offload)) {
      reader.start(() -> echo(answering));
      var task = new FutureTask<>(() -> ask(asking, answering.address()));
      reader.start(task);
      long[] nanos = task.get();
      Arrays.sort(nanos);
      return "round trip p50 %.1f p99 %.1f us"
          .formatted(nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
    }
  }

  private static void echo(UdpSocket socket) {
    var batch = new Batch();
    while (socket.receive(batch)) {
      socket.send(batch.bytes(), 0, batch.length(), batch.segmentSize(), batch.from());
    }
  }

  private static long[] ask(UdpSocket socket, InetSocketAddress whom) {
    var batch = new Batch();
    byte[] question = new byte[100];
    long[] nanos = new long[ROUND_TRIPS];
    for (int i = -WARM_UP; i < nanos.length; i++) {
      long asked = System.nanoTime();
      socket.send(question, 0, question.length, question.length, whom);
      socket.receive(batch);
      nanos[Math.max(i, 0)] = System.nanoTime() - asked;
    }
    return nanos;
  }

  private static String flood(Offload offload, Thread.Builder reader) throws Exception {
    try (var sender = open(offload);
        var receiver = open(offload)) {
      var received = new LongAdder();
      reader.start(() -> count(receiver, received));
      send(sender, receiver.address());
      received.reset();
      long processBefore = processNanos();
      long senderBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long sent = send(sender, receiver.address());
      long senderCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - senderBefore;
      long receiverCpu = processNanos() - processBefore - senderCpu;
      double arrived = received.sum();
      return "sent %.0f k/s at %.2f us of CPU each; received %.0f k/s at %.2f us"
          .formatted(
              sent * 1e6 / FLOOD_NANOS,
              senderCpu / 1e3 / sent,
              arrived * 1e6 / FLOOD_NANOS,
              receiverCpu / 1e3 / arrived);
    }
  }

  private static long send(UdpSocket socket, InetSocketAddress to) {
    byte[] burst = new byte[BURST * DATAGRAM];
    long sent = 0;
    for (long start = System.nanoTime(); System.nanoTime() - start < FLOOD_NANOS; sent += BURST) {
      socket.send(burst, 0, burst.length, DATAGRAM, to);
    }
    return sent;
  }

  private static void count(UdpSocket socket, LongAdder datagrams) {
    var batch = new Batch();
    while (socket.receive(batch)) {
      datagrams.add(Math.ceilDiv(batch.length(), batch.segmentSize()));
    }
  }

  private static long processNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static UdpSocket open(Offload offload) throws IOException {
    return UdpSocket.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), offload);
  }
}
