package dev.knothole.protocol.link.recovery;

import java.util.SplittableRandom;

/// One direction of a network path: a bottleneck with a drop-tail queue, a delay, and misfortunes.
final class SimulatedPath {
  /// @param rate bytes per second
  /// @param delay nanoseconds one way
  /// @param queue bytes that fit before the bottleneck
  /// @param loss probability that a packet is lost by itself
  /// @param burst probability that a packet begins a burst of losses
  /// @param burstLength packets in a burst
  /// @param reorder probability that a packet is held back for up to half its delay
  /// @param duplicate probability that a packet arrives twice
  record Shape(
      long rate,
      long delay,
      long queue,
      double loss,
      double burst,
      int burstLength,
      double reorder,
      double duplicate) {
    static Shape of(double megabits, long roundTripMillis, long queue, double loss) {
      long delay = roundTripMillis * RttEstimator.MILLISECOND / 2;
      return new Shape((long) (megabits * 125_000), delay, queue, loss, 0, 0, 0, 0);
    }

    /// The way back: as long, but wide.
    Shape back() {
      return new Shape(rate * 10, delay, queue * 10, loss, burst, burstLength, reorder, duplicate);
    }
  }

  private final World world;
  private final Shape shape;
  private final SplittableRandom random;
  private long freeAt;
  private int burstLeft;
  private long holeFrom = Long.MAX_VALUE;
  private long holeTo = Long.MAX_VALUE;

  private long observed;
  private double queued;

  SimulatedPath(World world, Shape shape, long seed) {
    this.world = world;
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /// Nothing gets through in between.
  void blackHole(long from, long to) {
    holeFrom = from;
    holeTo = to;
  }

  void send(int size, Runnable arrival) {
    long now = world.now();
    if ((now >= holeFrom && now < holeTo) || isLost()) {
      return;
    }
    double waiting = Math.max(0, freeAt - now) * (double) shape.rate / RttEstimator.SECOND;
    observed++;
    queued += waiting;
    if (waiting + size > shape.queue) {
      return;
    }
    freeAt = Math.max(freeAt, now) + size * RttEstimator.SECOND / shape.rate;
    deliver(arrival);
    if (random.nextDouble() < shape.duplicate) {
      deliver(arrival);
    }
  }

  private void deliver(Runnable arrival) {
    boolean held = random.nextDouble() < shape.reorder;
    long extra = held ? random.nextLong(1 + shape.delay / 2) : 0;
    world.at(freeAt + shape.delay + extra, arrival);
  }

  private boolean isLost() {
    if (burstLeft > 0) {
      burstLeft--;
      return true;
    }
    if (random.nextDouble() < shape.burst) {
      burstLeft = shape.burstLength;
    }
    return random.nextDouble() < shape.loss;
  }

  /// Bytes an arriving packet found waiting, on average since the last call.
  double meanQueue() {
    double mean = observed == 0 ? 0 : queued / observed;
    observed = 0;
    queued = 0;
    return mean;
  }
}
