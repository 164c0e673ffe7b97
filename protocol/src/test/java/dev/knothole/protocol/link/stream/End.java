package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One end in the [World], its application, and a naive account of what may and must happen.
final class End {
  static final int OVERHEAD = 16;

  final Streams streams;
  final int maxInFlight;
  int inFlight;

  private final World world;
  private final Role role;
  private final StreamLimits own;
  private final SequencedMap<Long, Talk> talks = new TreeMap<>();
  private @Nullable End other;
  private long creditFromPeer;
  private long initialStreamCredit;
  private long sent;
  private final byte[] scratch = new byte[50_000];

  /// What this end did and saw of a stream.
  private static final class Talk {
    boolean open;
    long written;
    long read;
    long sent;
    long credit;
    boolean finished;
    boolean reset;
    boolean stopped;
    boolean wasReset;
    boolean ended;
    boolean closed;

    boolean isWriting() {
      return open && !finished && !reset;
    }

    boolean isReading() {
      return open && !ended && !stopped && !wasReset;
    }
  }

  End(Role role, World world, BufferBudget budget) {
    this.role = role;
    this.world = world;
    maxInFlight = 1 + world.random.nextInt(64);
    own =
        new StreamLimits(
            1 + world.random.nextInt(200_000),
            1 + world.random.nextInt(100_000),
            1 + world.random.nextInt(10));
    streams = new Streams(role, own, budget, (_, _) -> OVERHEAD, world.now);
  }

  void meet(End met) {
    other = met;
    streams.start(met.own);
    creditFromPeer = met.own.connectionWindow();
    initialStreamCredit = met.own.streamWindow();
    streams.roundTrip(20_000_000);
  }

  End other() {
    var met = other;
    if (met == null) {
      throw new AssertionError("alone");
    }
    return met;
  }

  private Talk talk(long id) {
    return talks.computeIfAbsent(
        id,
        _ -> {
          var talk = new Talk();
          talk.credit = initialStreamCredit;
          return talk;
        });
  }

  void act() {
    switch (world.random.nextInt(12)) {
      case 0 -> streams.open(priority(), world.now).ifPresent(id -> talk(id).open = true);
      case 1, 2, 3, 4, 5, 6 -> any().ifPresent(this::write);
      case 7, 8 -> any().ifPresent(id -> read(id, 1 + world.random.nextInt(20_000)));
      case 9 -> any().ifPresent(id -> streams.prioritise(id, priority()));
      case 10 -> any().ifPresent(this::leave);
      default -> {}
    }
  }

  private Priority priority() {
    return List.of(Priority.values()).get(world.random.nextInt(3));
  }

  private OptionalLong any() {
    var open = talks.entrySet().stream().filter(e -> e.getValue().open).toList();
    return open.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(open.get(world.random.nextInt(open.size())).getKey());
  }

  private void write(long id) {
    var talk = talk(id);
    int length = world.random.nextInt(world.random.nextInt(10) == 0 ? 100_000 : 3000);
    byte[] bytes = content(id, role, talk.written, length);
    int n = streams.write(id, bytes, 0, length);
    assertEquals(talk.isWriting(), n != Streams.GONE, "writable " + id);
    talk.written += Math.max(0, n);
    world.turnedAway += n >= 0 && n < length ? 1 : 0;
  }

  private void leave(long id) {
    var talk = talk(id);
    switch (world.random.nextInt(6)) {
      case 0 -> {
        talk.reset = true;
        streams.reset(id, 7);
      }
      case 1 -> {
        talk.stopped = true;
        streams.stop(id, 8, world.now);
      }
      case 2, 3 -> finish(id, talk);
      default -> {}
    }
  }

  private void finish(long id, Talk talk) {
    talk.finished = true;
    streams.finish(id);
  }

  private void read(long id, int most) {
    int n = streams.read(id, scratch, 0, most, world.now);
    var talk = talk(id);
    var theirs = other().talk(id);
    if (n == Streams.END) {
      assertTrue(theirs.finished, "an end that nobody wrote");
      assertEquals(theirs.written, talk.read, "all of " + id);
      talk.ended = true;
    } else if (n > 0) {
      byte[] expected = content(id, other().role, talk.read, n);
      assertArrayEquals(expected, Arrays.copyOf(scratch, n), "bytes of " + id);
      talk.read += n;
      assertTrue(talk.read <= theirs.written, "bytes that nobody wrote");
    }
  }

  /// Hears what there is to hear; when all is to end, brings it to an end.
  void listen() {
    for (var event = streams.nextEvent(); event != null; event = streams.nextEvent()) {
      var talk = talk(event.stream());
      assertFalse(talk.closed, "an event after the last one: " + event);
      switch (event) {
        case StreamEvent.Reset(_, long code) -> {
          assertTrue(other().talk(event.stream()).reset && (code == 7 || code == 8), "a reset");
          talk.wasReset = true;
        }
        case StreamEvent.Stopped(_, long code) -> {
          assertEquals(8, code);
          talk.reset = true;
        }
        case StreamEvent.Closed _ -> close(event.stream(), talk);
        case StreamEvent.Opened _ -> talk.open = true;
        case StreamEvent.Arrived _, StreamEvent.RoomToWrite _ -> {}
      }
    }
  }

  private static void close(long id, Talk talk) {
    assertTrue(talk.finished || talk.reset, "closed without an end of ours: " + id);
    assertTrue(talk.ended || talk.stopped || talk.wasReset, "closed without an end: " + id);
    talk.closed = true;
    talk.open = false;
  }

  void conclude() {
    for (long id : List.copyOf(talks.keySet())) {
      var talk = talk(id);
      if (talk.isWriting()) {
        finish(id, talk);
      }
      if (talk.isReading()) {
        read(id, scratch.length);
      }
    }
  }

  boolean isOver() {
    return streams.size() == 0
        && !streams.hasWork()
        && talks.values().stream().noneMatch(t -> t.open);
  }

  void checkSent(Piece piece, byte[] bytes) {
    var talk = talk(piece.stream());
    byte[] expected = content(piece.stream(), role, piece.offset(), piece.length());
    assertArrayEquals(expected, bytes, "what is sent: " + piece);
    sent += Math.max(0, piece.end() - talk.sent);
    talk.sent = Math.max(talk.sent, piece.end());
    assertTrue(talk.sent <= talk.credit, "beyond the credit of " + piece);
    assertTrue(sent <= creditFromPeer, "beyond the credit of the connection");
  }

  /// @return whether the packet may be acknowledged, as far as this is concerned
  boolean receive(Sent arrived, byte[] bytes) {
    var verdict =
        switch (arrived) {
          case Piece piece -> streams.received(piece, bytes, 0, world.now);
          case Signal signal -> {
            note(signal);
            yield streams.received(signal, world.now);
          }
        };
    assertFalse(verdict.isViolation(), () -> verdict + " for " + arrived);
    world.refused += verdict == Verdict.NO_ROOM ? 1 : 0;
    return verdict == Verdict.ACCEPTED;
  }

  private void note(Signal signal) {
    switch (signal) {
      case Signal.MaxData(long limit) -> creditFromPeer = Math.max(creditFromPeer, limit);
      case Signal.MaxStreamData(long id, long limit) ->
          talk(id).credit = Math.max(talk(id).credit, limit);
      case Signal _ -> {}
    }
  }

  private static byte[] content(long id, Role writer, long offset, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      bytes[i] = (byte) (at * 31 + (at >> 8) * 17 + id * 7 + writer.parity());
    }
    return bytes;
  }
}
