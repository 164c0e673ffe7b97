package dev.knothole.protocol.link.bench.delay;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// Stands between one measuring end, whose address it learns from what comes, and one served end.
/// Each of the two sees only a port of this process.
public final class DelayedPath {
  private static final int POLLED = 8;
  private static final short READABLE = 1;
  private static final short ENDED = 16;
  private static final long LONGEST_WAIT = 1_000_000_000;

  private final MemorySegment polled = Arena.global().allocate(3 * POLLED, 8);
  private final MemorySegment timeout = Arena.global().allocate(16, 8);
  private final BufferedReader commands =
      new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final Udp near = Udp.open();
  private final int servedPort;
  private final Lane towards;
  private final Lane back;
  private Udp far;

  private DelayedPath(int servedPort, long seed) throws IOException {
    var shape = PathShape.unlimited(Duration.ZERO, 0);
    this.servedPort = servedPort;
    this.towards = new Lane(shape, seed);
    this.back = new Lane(shape, seed + 1);
    this.far = newFar();
  }

  /// @param arguments the served end's port, the seed of the losses
  public static void main(String... arguments) throws IOException {
    var path = new DelayedPath(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println(path.near.port());
    path.run();
  }

  private Udp newFar() throws IOException {
    var socket = Udp.open();
    socket.speakTo(servedPort);
    return socket;
  }

  private void run() throws IOException {
    while (await()) {
      long now = System.nanoTime();
      towards.receive(near, now);
      back.receive(far, now);
      towards.release(far, now);
      back.release(near, now);
    }
  }

  /// Waits for packets, a packet's moment, or a command.
  ///
  /// @return false if nobody will command any more
  private boolean await() throws IOException {
    long due = Math.min(towards.nextRelease(), back.nextRelease());
    long wait = Math.clamp(due - System.nanoTime(), 0, LONGEST_WAIT);
    timeout.set(JAVA_LONG, 0, wait / LONGEST_WAIT);
    timeout.set(JAVA_LONG, 8, wait % LONGEST_WAIT);
    poll(0, 0);
    poll(1, near.descriptor());
    poll(2, far.descriptor());
    Kernel.poll(polled, 3, timeout);
    short commanded = polled.get(JAVA_SHORT, 6);
    if ((commanded & READABLE) != 0) {
      return obey();
    }
    return (commanded & ENDED) == 0;
  }

  private void poll(int at, int descriptor) {
    polled.set(JAVA_INT, (long) at * POLLED, descriptor);
    polled.set(JAVA_SHORT, (long) at * POLLED + 4, READABLE);
    polled.set(JAVA_SHORT, (long) at * POLLED + 6, (short) 0);
  }

  /// The benchmark waits for each answer, so there is at most one command.
  private boolean obey() throws IOException {
    var line = commands.readLine();
    if (line == null) {
      return false;
    }
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "shape" -> {
        towards.become(PathShape.parse(words, 1));
        back.become(PathShape.parse(words, 1));
      }
      case "hole" -> {
        towards.hole(words[1].equals("open"));
        back.hole(words[1].equals("open"));
      }
      case "rebind" -> {
        far.close();
        far = newFar();
      }
      default -> throw new IllegalArgumentException("no such command: " + line);
    }
    System.out.println("done");
    return true;
  }
}
