package dev.knothole.client.shell;

import dev.knothole.client.app.Client;
import dev.knothole.client.app.Effect;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The owner of what the user sees: takes events one by one, has [Client] decide, and performs.
///
/// @param <I> what the front end reports
final class Controller<I> {
  /// Events handled before the screen is painted at the latest.
  private static final int BATCH = 1_000;

  /// At most some 30 frames a second; a key is shown at once.
  private static final Duration FRAME = Duration.ofMillis(33);

  /// A device that took no frame is not asked again for so long.
  private static final Duration STALLED = Duration.ofSeconds(1);

  private static final Duration IDLE = Duration.ofHours(1);

  private final Client client;
  private final FrontEnd<I> frontEnd;
  private final EventBus<Incoming<I>> inbox;
  private final World world;
  private final InstantSource clock;
  private Instant wake;
  private Instant painted = Instant.MIN;
  private boolean stale = true;
  private OptionalInt status = OptionalInt.empty();

  /// What the client's effects act upon.
  interface World {
    void toNetwork(PeerInput input);

    void toHistory(HistoryInput input);

    void lookUp(String host, int port);
  }

  /// What the controller takes.
  sealed interface Incoming<I> {
    /// From the person's device.
    record Input<I>(I input) implements Incoming<I> {}

    record News<I>(Event event) implements Incoming<I> {}
  }

  Controller(
      Client client,
      FrontEnd<I> frontEnd,
      EventBus<Incoming<I>> inbox,
      World world,
      InstantSource clock) {
    this.client = client;
    this.frontEnd = frontEnd;
    this.inbox = inbox;
    this.world = world;
    this.clock = clock;
    wake = clock.instant().plus(IDLE);
  }

  /// Runs until the client wants to quit.
  ///
  /// @param commands what to do before anything that comes in, as if it were typed
  /// @return the exit status
  int run(List<String> commands) throws InterruptedException {
    for (var command : commands) {
      handle(new Incoming.News<>(new Event.Entered(command)));
    }
    paint(true);
    while (status.isEmpty()) {
      boolean keyed = false;
      for (int taken = 0; taken < BATCH && status.isEmpty(); taken++) {
        var next = take(taken == 0);
        if (next.isEmpty()) {
          break;
        }
        keyed |= next.get() instanceof Incoming.Input;
        handle(next.get());
      }
      paint(keyed);
    }
    return status.getAsInt();
  }

  /// The first event of a batch is waited for, the others are only taken when they are there.
  private Optional<Incoming<I>> take(boolean first) throws InterruptedException {
    if (!first && inbox.isEmpty()) {
      return Optional.empty();
    }
    var frame = painted.equals(Instant.MIN) ? wake : painted.plus(FRAME);
    var next = inbox.next(stale && frame.isBefore(wake) ? frame : wake);
    if (next.isEmpty() && !clock.instant().isBefore(wake)) {
      return Optional.of(new Incoming.News<>(new Event.Tick()));
    }
    return next;
  }

  private void handle(Incoming<I> incoming) {
    var events =
        switch (incoming) {
          case Incoming.Input<I>(var input) -> frontEnd.read(input, client.state());
          case Incoming.News<I>(var event) -> List.of(event);
        };
    for (var event : events) {
      var now = clock.instant();
      wake = now.plus(IDLE);
      for (var effect : client.handle(event, now)) {
        perform(effect);
      }
    }
    stale = true;
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.ToNetwork(var input) -> world.toNetwork(input);
      case Effect.ToHistory(var input) -> world.toHistory(input);
      case Effect.LookUp(var host, var port) -> world.lookUp(host, port);
      case Effect.Appended(var chat, var line) -> frontEnd.appended(client.state(), chat, line);
      case Effect.Quit(var code) -> status = OptionalInt.of(code);
      case Effect.WakeAt(var time) -> wake = time;
    }
  }

  private void paint(boolean keyed) {
    var now = clock.instant();
    if (stale && (keyed || !now.isBefore(painted.plus(FRAME)))) {
      stale = !frontEnd.show(client.state());
      painted = stale ? now.plus(STALLED) : now;
    }
  }
}
