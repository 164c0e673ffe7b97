package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a [Program] has of the world: a port to send from, a clock, and one timer.
public final class Socket {
  private final Place place;
  private final Endpoint local;
  private @Nullable Program program;
  private Instant wake = Instant.MAX;
  private boolean open = true;

  Socket(Place place, Endpoint local) {
    this.place = place;
    this.local = local;
  }

  /// The address in its own network, which others may know it by or not.
  public Endpoint local() {
    return local;
  }

  public Instant now() {
    return place.internet().now();
  }

  public RandomGenerator random() {
    return place.internet().random();
  }

  public void send(Endpoint to, byte[] bytes) {
    if (open) {
      place.carry(local, to, bytes);
    }
  }

  /// Calls [Program#due] then. Replaces what was asked for before; [Instant#MAX] is never.
  public void wakeAt(Instant time) {
    wake = time;
    if (time.isBefore(Instant.MAX)) {
      place.internet().at(time, () -> due(time));
    }
  }

  /// Something that takes so long, and is forgotten when the program ends before.
  public void after(Duration delay, Runnable happening) {
    place
        .internet()
        .after(
            delay,
            () -> {
              if (open) {
                happening.run();
              }
            });
  }

  /// The end of the program, orderly or not: nothing is sent or received any more.
  public void close() {
    open = false;
    program = null;
    wake = Instant.MAX;
    place.close(this);
  }

  public boolean isOpen() {
    return open;
  }

  void run(Program started) {
    program = started;
  }

  void arrived(Endpoint from, byte[] bytes) {
    if (program != null) {
      program.received(from, bytes);
    }
  }

  private void due(Instant time) {
    if (program != null && time.equals(wake)) {
      wake = Instant.MAX;
      program.due();
    }
  }
}
