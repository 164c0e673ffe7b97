package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final StreamLimits PEER = new StreamLimits(60_000, 20_000, 12);

  /// A naive account of what each stream could send, made of what was written, sent and lost.
  private static final class Run {
    final Random random;
    final Streams streams =
        new Streams(Role.CLIENT, StreamLimits.DEFAULT, new BufferBudget(8 << 20), (_, _) -> 10, 0);
    final Map<Long, Priority> priorities = new HashMap<>();
    final Map<Long, Long> written = new HashMap<>();
    final Map<Long, Long> sent = new HashMap<>();
    final Map<Long, List<Piece>> lost = new HashMap<>();
    final List<Piece> inFlight = new ArrayList<>();
    long credit = PEER.connectionWindow();

    Run(long seed) {
      random = new Random(seed);
      streams.start(PEER);
      for (int i = 0; i < PEER.streams(); i++) {
        var priority = List.of(Priority.values()).get(random.nextInt(3));
        long id = streams.open(priority, 0).orElseThrow();
        priorities.put(id, priority);
        written.put(id, 0L);
        sent.put(id, 0L);
        lost.put(id, new ArrayList<>());
      }
    }

    void step() {
      long id = 4L * random.nextInt((int) PEER.streams());
      switch (random.nextInt(6)) {
        case 0 -> {
          int n = streams.write(id, new byte[3_000], 0, random.nextInt(3_000));
          written.merge(id, (long) n, Long::sum);
        }
        case 1 -> {
          if (!inFlight.isEmpty()) {
            var piece = inFlight.remove(random.nextInt(inFlight.size()));
            streams.lost(piece);
            losses(piece.stream()).add(piece);
          }
        }
        case 2 -> {
          var priority = List.of(Priority.values()).get(random.nextInt(3));
          priorities.put(id, priority);
          streams.prioritise(id, priority);
        }
        default -> take();
      }
    }

    private void take() {
      var best = bestThatCouldSend();
      var piece = streams.nextPiece(11 + random.nextInt(1_200));
      assertEquals(best, piece == null ? null : priority(piece.stream()));
      if (piece != null) {
        credit -= Math.max(0, piece.end() - of(sent, piece.stream()));
        sent.merge(piece.stream(), piece.end(), Math::max);
        settle(piece);
        inFlight.add(piece);
      }
    }

    /// Takes the piece out of what counts as lost of its stream.
    private void settle(Piece piece) {
      var left = new ArrayList<Piece>();
      for (var part : losses(piece.stream())) {
        addPart(left, part, part.offset(), Math.min(part.end(), piece.offset()));
        addPart(left, part, Math.max(part.offset(), piece.end()), part.end());
      }
      lost.put(piece.stream(), left);
    }

    private static void addPart(List<Piece> to, Piece of, long from, long until) {
      if (from < until) {
        to.add(new Piece(of.stream(), from, (int) (until - from), false));
      }
    }

    private @Nullable Priority bestThatCouldSend() {
      return priorities.keySet().stream()
          .filter(this::couldSend)
          .map(this::priority)
          .sorted()
          .findFirst()
          .orElse(null);
    }

    private boolean couldSend(long id) {
      long reserve = priority(id) == Priority.URGENT ? 0 : 8 << 10;
      long limit = Math.min(PEER.streamWindow(), of(sent, id) + credit - reserve);
      return !losses(id).isEmpty() || of(sent, id) < Math.min(of(written, id), limit);
    }

    private Priority priority(long id) {
      return priorities.getOrDefault(id, Priority.NORMAL);
    }

    private List<Piece> losses(long id) {
      return lost.computeIfAbsent(id, _ -> new ArrayList<>());
    }

    private static long of(Map<Long, Long> counts, long id) {
      return counts.getOrDefault(id, 0L);
    }
  }

  @Test
  void nothing_is_sent_before_something_of_a_higher_priority() {
    for (long seed = 0; seed < 3_000; seed++) {
      try {
        var run = new Run(seed);
        for (int i = 0; i < 300; i++) {
          run.step();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  void equals_take_turns() {
    var streams = streams(new BufferBudget());
    for (int i = 0; i < 3; i++) {
      streams.write(streams.open(Priority.BULK, 0).orElseThrow(), new byte[5_000], 0, 5_000);
    }
    var turns = new ArrayList<Long>();
    for (int i = 0; i < 9; i++) {
      turns.add(next(streams).stream());
    }
    assertEquals(List.of(0L, 4L, 8L, 0L, 4L, 8L, 0L, 4L, 8L), turns);
  }

  /// Neither its packets, nor the credit of the connection, nor the memory it has taken.
  @Test
  void a_chat_message_never_waits_behind_a_file() {
    var streams = streams(new BufferBudget(256 << 10));
    byte[] much = new byte[1 << 20];
    for (int i = 0; i < 5; i++) {
      streams.write(streams.open(Priority.BULK, 0).orElseThrow(), much, 0, much.length);
    }
    while (streams.nextPiece(1_200) != null) {}
    long chat = streams.open(Priority.URGENT, 0).orElseThrow();
    assertEquals(5_000, streams.write(chat, much, 0, 5_000));
    assertEquals(new Piece(chat, 0, 1_190, false), next(streams));
  }

  private static Streams streams(BufferBudget budget) {
    var streams = new Streams(Role.CLIENT, StreamLimits.DEFAULT, budget, (_, _) -> 10, 0);
    streams.start(PEER);
    return streams;
  }

  private static Piece next(Streams streams) {
    var piece = streams.nextPiece(1_200);
    assertNotNull(piece);
    assertTrue(piece.length() > 0);
    return piece;
  }
}
