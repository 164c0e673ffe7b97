package dev.knothole.relay;

import java.util.concurrent.atomic.LongAdder;

/// What the serving thread counts and any thread may read; see [Traffic].
final class Counters {
  final LongAdder received = new LongAdder();
  final LongAdder answers = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder undelivered = new LongAdder();
  final LongAdder faults = new LongAdder();
  private volatile int registered;
  private volatile Circuits circuits = Circuits.NONE;

  void registered(int count, Circuits state) {
    registered = count;
    circuits = state;
  }

  Traffic snapshot() {
    return new Traffic(
        registered,
        received.sum(),
        answers.sum(),
        malformed.sum(),
        undelivered.sum(),
        faults.sum(),
        circuits);
  }
}
