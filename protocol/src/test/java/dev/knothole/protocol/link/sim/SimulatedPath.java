package dev.knothole.protocol.link.sim;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One direction of a network path: a bottleneck with a drop-tail queue, a delay, and misfortunes.
public final class SimulatedPath {
  private static final long SECOND = 1_000_000_000;

  private final VirtualTime time;
  private final SplittableRandom random;
  private Shape shape;
  private long freeAt;
  private int burstLeft;
  private long holeFrom = Long.MAX_VALUE;
  private long holeTo = Long.MAX_VALUE;

  private long observed;
  private double queued;

  public SimulatedPath(VirtualTime time, Shape shape, long seed) {
    this.time = time;
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /// Nothing gets through in between.
  public void blackHole(long from, long to) {
    holeFrom = from;
    holeTo = to;
  }

  /// Becomes another path for what is sent from now on.
  public void become(Shape other) {
    shape = other;
  }

  public long delay() {
    return shape.delay();
  }

  /// @param arrival is given a copy of its own, each time it arrives
  public void send(byte[] datagram, Consumer<byte[]> arrival) {
    if (datagram.length <= shape.largest()) {
      send(datagram.length, () -> arrival.accept(received(datagram)));
    }
  }

  public void send(int size, Runnable arrival) {
    long now = time.now();
    if ((now >= holeFrom && now < holeTo) || isLost()) {
      return;
    }
    double waiting = Math.max(0, freeAt - now) * (double) shape.rate() / SECOND;
    observed++;
    queued += waiting;
    if (waiting + size > shape.queue()) {
      return;
    }
    freeAt = Math.max(freeAt, now) + size * SECOND / shape.rate();
    deliver(arrival);
    if (happens(shape.trouble().duplicate())) {
      deliver(arrival);
    }
  }

  private void deliver(Runnable arrival) {
    long extra = happens(shape.trouble().reorder()) ? random.nextLong(1 + shape.delay() / 2) : 0;
    time.at(freeAt + shape.delay() + extra, arrival);
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private boolean isLost() {
    if (burstLeft > 0) {
      burstLeft--;
      return true;
    }
    if (happens(shape.trouble().burst())) {
      burstLeft = shape.trouble().burstLength();
    }
    return happens(shape.trouble().loss());
  }

  private byte[] received(byte[] datagram) {
    if (!happens(shape.trouble().corrupt())) {
      return datagram.clone();
    }
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(datagram, random.nextInt(datagram.length));
    }
    byte[] flipped = datagram.clone();
    for (int bits = random.nextInt(1, 9); bits > 0; bits--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /// Bytes an arriving packet found waiting, on average since the last call.
  public double meanQueue() {
    double mean = observed == 0 ? 0 : queued / observed;
    observed = 0;
    queued = 0;
    return mean;
  }
}
