package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A peer that says anything. With `JAZZER_FUZZ=1` in the environment the target searches; in a
/// normal build it replays its inputs, and seeded sequences run beside it.
final class StreamsFuzzTest {
  private static final StreamLimits OWN = new StreamLimits(50_000, 30_000, 8);

  @FuzzTest
  void whatever_a_peer_sends_the_bounds_hold(FuzzedDataProvider input) {
    attack(new Source(input::consumeLong, input::consumeInt), 1 + input.consumeInt(0, 500));
  }

  @Test
  void whatever_a_seeded_peer_sends_the_bounds_hold() {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      try {
        attack(
            new Source(
                (low, high) -> low + (long) (random.nextDouble() * (high - low)),
                (low, high) -> random.nextInt(low, high + 1)),
            200);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  private interface LongSource {
    long next(long low, long high);
  }

  private interface IntSource {
    int next(int low, int high);
  }

  private record Source(LongSource longs, IntSource ints) {
    int choice(int count) {
      return ints.next(0, count - 1);
    }

    /// Mostly near to what is allowed, sometimes anything.
    long number(int near) {
      return choice(16) == 0 ? longs.next(0, StreamLimits.MAX_OFFSET) : ints.next(0, near);
    }

    long stream() {
      return number(choice(4) == 0 ? 50 : 20);
    }
  }

  private static void attack(Source source, int steps) {
    var budget = new BufferBudget(128 << 10);
    var streams = new Streams(Role.SERVER, OWN, budget, (_, _) -> 10, 0);
    streams.start(new StreamLimits(40_000, 20_000, 4));
    byte[] bytes = new byte[5_000];
    var verdict = Verdict.ACCEPTED;
    for (int now = 1; now <= steps && !verdict.isViolation(); now++) {
      verdict = step(source, streams, bytes, now);
      assertTrue(streams.size() <= 2 * OWN.streams(), "more streams than granted");
      assertTrue(budget.usedBytes() <= budget.sizeBytes(), "more memory than there is");
    }
    streams.close();
    assertEquals(0, budget.usedBytes());
  }

  private static Verdict step(Source source, Streams streams, byte[] bytes, long now) {
    return switch (source.choice(6)) {
      case 0, 1, 2 -> {
        int length = source.choice(bytes.length);
        boolean fin = source.choice(10) == 0;
        var piece = new Piece(source.stream(), source.number(30_000), length, fin);
        yield streams.received(piece, bytes, 0, now);
      }
      case 3 -> streams.received(signal(source), now);
      default -> {
        use(source, streams, bytes, now);
        yield Verdict.ACCEPTED;
      }
    };
  }

  private static Signal signal(Source source) {
    long stream = source.stream();
    long number = source.number(60_000);
    return switch (source.choice(8)) {
      case 0 -> new Signal.MaxData(number);
      case 1 -> new Signal.MaxStreamData(stream, number);
      case 2 -> new Signal.MaxStreams(source.number(12));
      case 3 -> new Signal.DataBlocked(number);
      case 4 -> new Signal.StreamDataBlocked(stream, number);
      case 5 -> new Signal.StreamsBlocked(number);
      case 6 -> new Signal.ResetStream(stream, 1, number);
      default -> new Signal.StopSending(stream, 2);
    };
  }

  private static void use(Source source, Streams streams, byte[] bytes, long now) {
    long id = source.ints().next(0, 40);
    switch (source.choice(8)) {
      case 0 -> {
        if (streams.size() < OWN.streams()) {
          streams.open(Priority.URGENT, now).ifPresent(own -> streams.write(own, bytes, 0, 900));
        }
      }
      case 1 -> streams.write(id, bytes, 0, source.choice(bytes.length));
      case 2 -> streams.finish(id);
      case 3 -> streams.reset(id, 3);
      case 4 -> streams.stop(id, 4, now);
      case 5 -> streams.read(id, bytes, 0, source.choice(bytes.length), now);
      case 6 -> streams.nextEvent();
      default -> send(source, streams, bytes);
    }
  }

  private static void send(Source source, Streams streams, byte[] bytes) {
    Sent sent = streams.nextSignal();
    if (sent == null) {
      var piece = streams.nextPiece(source.choice(1_300));
      if (piece != null) {
        streams.copy(piece, bytes, 0);
      }
      sent = piece;
    }
    if (sent != null && source.choice(2) == 0) {
      streams.acknowledged(sent);
    } else if (sent != null) {
      streams.lost(sent);
    }
  }
}
