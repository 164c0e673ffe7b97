package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A peer with an open path is said to be somewhere else too: it has restarted, its network has
/// changed, the news is old, or somebody took its name.
///
/// The new address is punched beside the old path. When an answer comes from there the old path is
/// asked for a sign of life, three times within 1.2 s. If it gives one, it stays: old news and a
/// stolen name cannot tear a chat away from the one it is held with. If not, the chat moves.
final class Move {
  private static final Duration PROBE_EVERY = Duration.ofMillis(400);
  private static final int PROBES = 3;

  sealed interface Input {
    record Named(Endpoint candidate) implements Input {}

    record Heard(Endpoint from, Message.BetweenPeers message) implements Input {}

    record OldPathHeard() implements Input {}

    /// The old path is known to be dead.
    record OldPathDied() implements Input {}

    record Tick() implements Input {}
  }

  sealed interface Output {
    record Send(Endpoint to, Message.BetweenPeers message) implements Output {}

    record Said(String text) implements Output {}

    record AskAgain() implements Output {}

    record ProbeOldPath() implements Output {}

    /// Over: the chat goes on over there.
    record Moved(HolePuncher.Output.Opened opened) implements Output {}

    /// Over: everything stays as it is.
    record Stayed() implements Output {}
  }

  private final HolePuncher puncher;
  private final List<Output> outputs = new ArrayList<>();
  private HolePuncher.Output.@Nullable Opened opened;
  private boolean oldPathDead;
  private int probes;
  private Instant nextProbe = Instant.MAX;

  Move(HolePuncher puncher) {
    this.puncher = puncher;
  }

  /// @return outputs up to and including [Output.Moved] or [Output.Stayed], after which there is
  ///     nothing more to handle
  List<Output> handle(Input input, Instant now) {
    outputs.clear();
    switch (input) {
      case Input.Named(var address) -> punch(new HolePuncher.Input.Named(address), now);
      case Input.Heard(var from, var message) -> heard(from, message, now);
      case Input.OldPathHeard() -> {
        if (opened != null) {
          outputs.add(new Output.Stayed());
          return List.copyOf(outputs);
        }
      }
      case Input.OldPathDied() -> oldPathDead = true;
      case Input.Tick() -> punch(new HolePuncher.Input.Tick(), now);
    }
    decide(now);
    return List.copyOf(outputs);
  }

  boolean knows(Endpoint address) {
    return puncher.knows(address);
  }

  boolean mayBe(Endpoint address) {
    return puncher.mayBe(address);
  }

  void release(Endpoint address) {
    puncher.release(address);
  }

  Instant wakeAt() {
    return opened == null ? puncher.wakeAt() : nextProbe;
  }

  /// The attempt itself, once there is no old path left.
  Optional<HolePuncher> unfinished() {
    return opened == null ? Optional.of(puncher) : Optional.empty();
  }

  private void heard(Endpoint from, Message.BetweenPeers message, Instant now) {
    if (opened == null) {
      punch(new HolePuncher.Input.Heard(from, message), now);
      return;
    }
    switch (message) {
      case Ping() -> outputs.add(new Output.Send(from, new Pong()));
      case DirectMessage said when !said.equals(DirectMessage.PUNCH) ->
          outputs.add(new Output.Said(said.content()));
      default -> {}
    }
  }

  private void punch(HolePuncher.Input input, Instant now) {
    if (opened != null) {
      return;
    }
    for (HolePuncher.Output output : puncher.handle(input, now)) {
      switch (output) {
        case HolePuncher.Output.Send(var to, var message) ->
            outputs.add(new Output.Send(to, message));
        case HolePuncher.Output.Said(var text) -> outputs.add(new Output.Said(text));
        case HolePuncher.Output.AskAgain() -> outputs.add(new Output.AskAgain());
        case HolePuncher.Output.GaveUp() -> outputs.add(new Output.Stayed());
        case HolePuncher.Output.Opened answer -> {
          opened = answer;
          nextProbe = now;
        }
      }
    }
  }

  private void decide(Instant now) {
    var answer = opened;
    if (answer == null || !(oldPathDead || Times.isDue(nextProbe, now))) {
      return;
    }
    if (oldPathDead || probes == PROBES) {
      outputs.add(new Output.Moved(answer));
    } else {
      probes++;
      nextProbe = now.plus(PROBE_EVERY);
      outputs.add(new Output.ProbeOldPath());
    }
  }
}
