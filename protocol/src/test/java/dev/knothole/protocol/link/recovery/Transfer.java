package dev.knothole.protocol.link.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.SimulatedPath;
import dev.knothole.protocol.link.sim.VirtualTime;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// A bulk transfer over simulated paths: a sender made of the real parts, and a receiver that only
/// acknowledges. It keeps its own books of every packet and compares.
final class Transfer implements LossDetector.Fates<Integer> {
  static final int SIZE = 1200;

  enum Fate {
    ACKED,
    LOST,
    LATE
  }

  private record Ack(long[] smallest, long[] largest, long delay) {}

  private final VirtualTime world;
  private final SimulatedPath forward;
  private final SimulatedPath back;
  private final CongestionController controller;
  private final Flight flight;
  private final LossDetector<Integer> detector;
  private final Pacer pacer;
  private final AckTracker received = new AckTracker();
  private final Map<Long, Fate> fates = new HashMap<>();
  private final BitSet delivered = new BitSet();
  private final ArrayDeque<Integer> again = new ArrayDeque<>();
  private final boolean checking;

  private int next;
  private int chunks;
  private long packet;
  private long sentPackets;
  private long lostPackets;
  private long wakeAt = Long.MAX_VALUE;
  private long ackAt = Long.MAX_VALUE;

  Transfer(
      VirtualTime world,
      SimulatedPath forward,
      SimulatedPath back,
      CongestionController controller,
      int chunks,
      boolean checking) {
    this.world = world;
    this.forward = forward;
    this.back = back;
    this.controller = controller;
    this.chunks = chunks;
    this.checking = checking;
    flight = new Flight(controller);
    detector = new LossDetector<>(flight, this);
    pacer = new Pacer(controller, SIZE, world.now());
  }

  /// Begins, or goes on with more.
  void start(int more) {
    chunks += more;
    pump();
  }

  // ---- the sender

  private void pump() {
    long pacedUntil = Long.MAX_VALUE;
    while (hasMore() && flight.hasRoom(SIZE)) {
      long at = pacer.nextSend(SIZE, world.now());
      if (at > world.now()) {
        pacedUntil = at;
        break;
      }
      transmit();
      assertTrue(flight.inFlight() <= controller.window() + SIZE, "within the window");
    }
    if (!hasMore() && flight.hasRoom(SIZE)) {
      flight.appLimited();
    }
    check();
    wake(Math.min(pacedUntil, detector.nextTimeout()));
  }

  private boolean hasMore() {
    return next < chunks || !again.isEmpty();
  }

  private void transmit() {
    int chunk = again.isEmpty() ? next++ : again.removeLast();
    send(chunk);
  }

  private void send(int chunk) {
    long number = packet++;
    if (number % 97 == 96) {
      packet++;
    }
    detector.sent(number, SIZE, chunk, world.now());
    pacer.sent(SIZE, world.now());
    sentPackets++;
    forward.send(SIZE, () -> arrive(number, chunk));
  }

  private void wake(long at) {
    if (at == Long.MAX_VALUE || (wakeAt <= at && wakeAt > world.now())) {
      return;
    }
    wakeAt = at;
    world.at(
        at,
        () -> {
          if (wakeAt == at) {
            wakeAt = Long.MAX_VALUE;
            timeout();
          }
        });
  }

  private void timeout() {
    if (detector.timeout(world.now()) == LossDetector.Timeout.PROBE) {
      send(-1);
      long gap = detector.nextTimeout() - world.now();
      assertTrue(gap <= RttEstimator.MAX_PTO, "a probe timeout never exceeds one second");
    }
    pump();
  }

  private void acknowledged(Ack ack) {
    for (int i = 0; i < ack.smallest.length; i++) {
      assertTrue(detector.ackedRange(ack.smallest[i], ack.largest[i], world.now()));
    }
    detector.ackedAll(ack.largest[0], ack.delay, world.now());
    pump();
  }

  private void check() {
    if (checking) {
      assertEquals(detector.sumInFlight(), flight.inFlight(), "bytes in flight");
      assertEquals(sentPackets - fates.size(), detector.outstanding(), "packets outstanding");
    }
    assertTrue(controller.window() >= CongestionController.MINIMUM_WINDOW_PACKETS * (long) SIZE);
  }

  @Override
  public void acked(long number, Integer chunk) {
    if (checking) {
      assertNull(fates.put(number, Fate.ACKED), () -> "settled twice: " + number);
    }
  }

  @Override
  public void lost(long number, Integer chunk) {
    lostPackets++;
    if (checking) {
      assertNull(fates.put(number, Fate.LOST), () -> "settled twice: " + number);
    }
    if (chunk >= 0) {
      again.add(chunk);
    }
  }

  @Override
  public void late(long number, Integer chunk) {
    if (checking) {
      assertEquals(Fate.LOST, fates.put(number, Fate.LATE), () -> "late but not lost: " + number);
    }
    again.removeFirstOccurrence(chunk);
  }

  // ---- the receiver

  private void arrive(long number, int chunk) {
    if (!received.received(number, true, world.now())) {
      return;
    }
    if (chunk >= 0) {
      delivered.set(chunk);
    }
    acknowledgeWhenDue();
  }

  private void acknowledgeWhenDue() {
    if (received.due() <= world.now()) {
      acknowledge();
    } else if (received.isOwed() && ackAt != received.due()) {
      ackAt = received.due();
      world.at(ackAt, this::acknowledgeWhenDue);
    }
  }

  private void acknowledge() {
    int n = Math.min(received.ranges(), 32);
    long[] smallest = new long[n];
    long[] largest = new long[n];
    for (int i = 0; i < n; i++) {
      smallest[i] = received.smallest(i);
      largest[i] = received.largest(i);
    }
    Ack ack = new Ack(smallest, largest, received.delay(world.now()));
    received.sent();
    back.send(60, () -> acknowledged(ack));
  }

  // ---- what came of it

  int delivered() {
    return delivered.cardinality();
  }

  boolean isComplete() {
    return delivered.cardinality() == chunks;
  }

  Flight flight() {
    return flight;
  }

  LossDetector<Integer> detector() {
    return detector;
  }

  long sentPackets() {
    return sentPackets;
  }

  long lostPackets() {
    return lostPackets;
  }
}
