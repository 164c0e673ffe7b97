package dev.knothole.relay;

import dev.knothole.protocol.talk.Circuit;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The circuits between clients. A datagram passes unchanged from one end's current address to the
/// other's, within the sender's allowance ([TokenBucket]), and from nobody else.
final class Bridges {
  static final Duration IDLE = Duration.ofMinutes(2);

  /// Of one client at a time; with one more its oldest ends.
  static final int MAX_BRIDGES = 256;

  private final RandomGenerator random;

  /// In the order of their last use.
  private final SequencedMap<Circuit, Bridge> bridges = new LinkedHashMap<>(16, 0.75f, true);

  Bridges(RandomGenerator random) {
    this.random = random;
  }

  int size() {
    return bridges.size();
  }

  /// @param first begins the link
  void connect(ClientSession first, ClientSession second, Instant now) {
    first.bridgeTo(second).ifPresent(this::drop);
    makeRoom(first);
    makeRoom(second);
    var bridge = new Bridge(Circuit.random(random), first, second, nanos(now));
    bridges.put(bridge.circuit, bridge);
    first.bridges.add(bridge);
    second.bridges.add(bridge);
    introduce(first, second, bridge.circuit, true);
    introduce(second, first, bridge.circuit, false);
  }

  private static void introduce(
      ClientSession end, ClientSession other, Circuit circuit, boolean begin) {
    other
        .name()
        .ifPresent(name -> end.say(new RelayTalk.Introduced(circuit, name, other.key, begin)));
  }

  private void makeRoom(ClientSession session) {
    if (session.bridges.size() >= MAX_BRIDGES) {
      end(session.bridges.iterator().next());
    }
  }

  private void end(Bridge bridge) {
    drop(bridge);
    bridge.one.say(new RelayTalk.HungUp(bridge.circuit));
    bridge.two.say(new RelayTalk.HungUp(bridge.circuit));
  }

  private void drop(Bridge bridge) {
    bridges.remove(bridge.circuit);
    bridge.one.bridges.remove(bridge);
    bridge.two.bridges.remove(bridge);
  }

  void hangUp(ClientSession session, Circuit circuit) {
    var bridge = bridges.get(circuit);
    if (bridge != null && session.bridges.contains(bridge)) {
      drop(bridge);
      bridge.other(session).say(new RelayTalk.HungUp(circuit));
    }
  }

  /// What becomes of a circuit's datagram.
  sealed interface Passage {
    record To(Gate gate) implements Passage {}

    /// The sender has used up its allowance.
    record TooMuch() implements Passage {}

    /// No circuit of this sender.
    record Nowhere() implements Passage {}
  }

  private static final Passage TOO_MUCH = new Passage.TooMuch();
  private static final Passage NOWHERE = new Passage.Nowhere();

  /// @param sender who is at the address that it came from
  Passage pass(byte[] datagram, @Nullable ClientSession sender, Instant now) {
    var bridge = bridges.get(Circuit.of(datagram));
    if (bridge == null || sender == null || (bridge.one != sender && bridge.two != sender)) {
      return NOWHERE;
    }
    long nanos = nanos(now);
    if (!sender.allowance.take(datagram.length, nanos)) {
      return TOO_MUCH;
    }
    bridge.usedAt = nanos;
    return new Passage.To(bridge.other(sender).gate());
  }

  /// Ends those that nobody has used for long.
  void tick(Instant now) {
    while (!bridges.isEmpty() && isIdle(bridges.firstEntry().getValue(), now)) {
      end(bridges.firstEntry().getValue());
    }
  }

  private static boolean isIdle(Bridge bridge, Instant now) {
    return nanos(now) - bridge.usedAt >= IDLE.toNanos();
  }

  Instant wakeAt() {
    return bridges.isEmpty()
        ? Instant.MAX
        : Instant.ofEpochSecond(0, bridges.firstEntry().getValue().usedAt + IDLE.toNanos());
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
