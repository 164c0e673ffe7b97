package dev.knothole.protocol.link.bench;

import java.time.Duration;

/// How thoroughly it is measured.
///
/// @param repeats how often everything is, each time with new processes
/// @param warm before anything is measured, so that compilers are done
/// @param measured how long what is measured by time takes
/// @param bulkBytes of the bulk transfer
/// @param connects one after the other
/// @param crowdBytes for each of many connections
/// @param pathWarm until a flow over a slow or lossy path has found its pace
/// @param pathMeasured how long such a flow is measured
/// @param aroundEvent how long a flow is watched before and after it
/// @param hole how long nothing passes, and a flow then has to recover
record Effort(
    int repeats,
    Duration warm,
    Duration measured,
    long bulkBytes,
    int connects,
    long crowdBytes,
    Duration pathWarm,
    Duration pathMeasured,
    Duration aroundEvent,
    Duration hole) {
  private static final int MEGABYTE = 1_000_000;

  static final Effort QUICK =
      new Effort(
          1,
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          100L * MEGABYTE,
          10,
          MEGABYTE,
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  static final Effort FULL =
      new Effort(
          3,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          1_000L * MEGABYTE,
          100,
          4L * MEGABYTE,
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  Effort withRepeats(int times) {
    return new Effort(
        times,
        warm,
        measured,
        bulkBytes,
        connects,
        crowdBytes,
        pathWarm,
        pathMeasured,
        aroundEvent,
        hole);
  }
}
