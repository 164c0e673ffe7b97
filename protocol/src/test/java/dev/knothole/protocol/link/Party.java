package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.sim.VirtualTime;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.StreamEvent;
import dev.knothole.protocol.link.stream.Streams;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The application of one end: does anything that applications do, whenever it likes, and compares
/// what it is told with what its opposite says to have done.
final class Party {
  private static final long MILLIS = 1_000_000;

  private final Host host;
  private final Connection connection;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final SequencedMap<Long, Talk> talks = new TreeMap<>();
  private final Deque<Integer> wanted = new ArrayDeque<>();
  private final Mail mail = new Mail();
  private final boolean hasty;
  private final byte[] scratch = new byte[70_000];
  private @Nullable Party opposite;
  private @Nullable CloseReason closed;
  private boolean leaving;
  private int pending;
  private int pings;
  private int pongs;

  Party(Host host, Connection connection, VirtualTime time, long seed) {
    this.host = host;
    this.connection = connection;
    this.time = time;
    random = new SplittableRandom(seed);
    hasty = random.nextBoolean();
  }

  static void introduce(Party one, Party other) {
    one.opposite = other;
    other.opposite = one;
  }

  private Party opposite() {
    var met = opposite;
    if (met == null) {
      throw new AssertionError("alone");
    }
    return met;
  }

  Connection connection() {
    return connection;
  }

  Host host() {
    return host;
  }

  @Nullable CloseReason closed() {
    return closed;
  }

  private Talk talk(long stream) {
    return talks.computeIfAbsent(stream, Talk::new);
  }

  // What it does

  /// Something to do at any time within the next nanoseconds.
  private void sometime(long within, Runnable act) {
    pending++;
    time.after(
        random.nextLong(within),
        () -> {
          pending--;
          if (closed == null) {
            host.turn(act);
          }
        });
  }

  /// Makes its plans for the next time.
  ///
  /// @param mostBytes of a stream
  void plan(long within, int mostBytes) {
    int streams = random.nextInt(20) == 0 ? random.nextInt(100, 300) : random.nextInt(6);
    for (int i = 0; i < streams; i++) {
      int bytes = random.nextInt(streams > 6 ? 300 : random.nextBoolean() ? mostBytes : 3_000);
      sometime(within, () -> open(bytes));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      sometime(within, this::ping);
    }
    int datagrams = random.nextInt(3) * random.nextInt(20);
    for (int i = 0; i < datagrams; i++) {
      sometime(within, this::sendDatagram);
    }
  }

  private void open(int bytes) {
    var stream = connection.open(priority());
    if (stream.isPresent()) {
      begin(talk(stream.getAsLong()), bytes);
    } else if (!leaving) {
      wanted.add(bytes);
    }
  }

  private Priority priority() {
    return List.of(Priority.values()).get(random.nextInt(3));
  }

  private void begin(Talk talk, int bytes) {
    talk.planned = bytes;
    talk.finishing = random.nextInt(10) > 0;
    if (random.nextInt(10) == 0) {
      sometime(1_000 * MILLIS, () -> connection.prioritise(talk.stream, priority()));
    }
    if (!talk.finishing) {
      sometime(2_000 * MILLIS, () -> reset(talk));
    }
    write(talk);
  }

  private void reset(Talk talk) {
    if (!talk.closed) {
      talk.reset = true;
      connection.reset(talk.stream, Talk.RESET_CODE);
    }
  }

  private void stop(Talk talk) {
    if (!talk.closed) {
      talk.stopped = true;
      connection.stop(talk.stream, Talk.STOP_CODE);
    }
  }

  /// Writes on as long as there is room, or a piece now and the next one later.
  private void write(Talk talk) {
    while (talk.isWriting() && talk.written < talk.planned) {
      int most = random.nextBoolean() ? 500 : 65_000;
      int length = Math.min(1 + random.nextInt(most), (int) (talk.planned - talk.written));
      byte[] bytes = Talk.content(talk.stream, connection.role(), talk.written, length);
      int n = connection.write(talk.stream, bytes, 0, length);
      if (n == Streams.GONE) {
        assertFalse(isKnownToWrite(talk), "a stream that can not be written");
        return;
      }
      talk.written += n;
      if (n < length) {
        return;
      }
      if (random.nextInt(8) == 0) {
        sometime(100 * MILLIS, () -> write(talk));
        return;
      }
    }
    if (talk.isWriting() && talk.finishing) {
      talk.finished = true;
      connection.finish(talk.stream);
    }
  }

  /// Whether nothing is on the way that says that the peer wants no more of it.
  private boolean isKnownToWrite(Talk talk) {
    boolean over = connection.closed().isPresent();
    return !over && talk.isWriting() && !opposite().talk(talk.stream).stopped;
  }

  private void ping() {
    pings++;
    connection.ping();
  }

  private void sendDatagram() {
    int most = connection.maxDatagram();
    byte[] bytes = mail.next(random.nextInt(Mail.LEAST, most + 1));
    if (connection.sendDatagram(bytes, 0, bytes.length)) {
      mail.sent(bytes);
    }
  }

  /// Pings until a time and for as long as anything is unsettled, as who may get a new address has
  /// to.
  void keepAlive(long until) {
    time.after(
        300 * MILLIS,
        () -> {
          boolean unsettled = !isSettled() || !opposite().isSettled();
          if (closed == null && (unsettled || time.now() < until)) {
            host.turn(this::ping);
            keepAlive(until);
          }
        });
  }

  void close(long code, String text) {
    leaving = true;
    host.turn(() -> connection.close(code, text));
  }

  /// Begins nothing more, and leaves when all it has written has arrived.
  void closeWhenFlushed(long code, String text) {
    leaving = true;
    wanted.clear();
    host.turn(() -> connection.closeWhenFlushed(code, text));
  }

  // What it learns

  void heard(LinkEvent event) {
    assertNull(closed, () -> "an event after the last one: " + event);
    switch (event) {
      case LinkEvent.OfStream(var ofStream) -> heard(ofStream);
      case LinkEvent.Datagram(var bytes) -> opposite().mail.arrived(bytes);
      case LinkEvent.Pong(var roundTrip) -> {
        pongs++;
        assertTrue(pongs <= pings, "more pongs than pings");
        assertTrue(roundTrip > 0, "a round trip of nothing");
      }
      case LinkEvent.RoomForStreams _ -> {
        for (int left = wanted.size(); left > 0; left--) {
          open(wanted.remove());
        }
      }
      case LinkEvent.Closed(var reason) -> closed = reason;
      case LinkEvent.Connected _,
          LinkEvent.PathValidated _,
          LinkEvent.PathFailed _,
          LinkEvent.PathSeen _,
          LinkEvent.PathUsed _,
          LinkEvent.PathRebound _ -> {}
    }
    if (closed != null) {
      talks.values().forEach(this::readAll);
    }
  }

  private void heard(StreamEvent event) {
    var talk = talk(event.stream());
    assertFalse(talk.closed, () -> "an event of a stream that is over: " + event);
    switch (event) {
      case StreamEvent.Opened _ -> opened(talk);
      case StreamEvent.Arrived _ -> arrived(talk);
      case StreamEvent.RoomToWrite _ -> write(talk);
      case StreamEvent.Reset(_, long code) -> {
        var theirs = opposite().talk(talk.stream);
        assertTrue(theirs.reset || theirs.wasStopped, "a reset that nobody did");
        assertTrue(code == Talk.RESET_CODE || code == Talk.STOP_CODE, "the code of a reset");
        talk.wasReset = true;
      }
      case StreamEvent.Stopped(_, long code) -> {
        assertTrue(opposite().talk(talk.stream).stopped, "a stop that nobody did");
        assertEquals(Talk.STOP_CODE, code);
        talk.wasStopped = true;
      }
      case StreamEvent.Closed _ -> {
        assertTrue(talk.finished || talk.reset || talk.wasStopped, "closed without an end of ours");
        assertTrue(talk.ended || talk.stopped || talk.wasReset, "closed without an end of theirs");
        talk.closed = true;
      }
    }
  }

  private void opened(Talk talk) {
    assertTrue(opposite().talks.containsKey(talk.stream), "a stream that nobody opened");
    begin(talk, random.nextBoolean() ? 0 : opposite().talk(talk.stream).planned);
    if (random.nextInt(10) == 0) {
      sometime(1_000 * MILLIS, () -> stop(talk));
    }
  }

  private void arrived(Talk talk) {
    if (hasty) {
      readAll(talk);
    } else if (!talk.looking) {
      talk.looking = true;
      sometime(
          50 * MILLIS,
          () -> {
            talk.looking = false;
            if (read(talk, 1 + random.nextInt(scratch.length)) > 0) {
              arrived(talk);
            }
          });
    }
  }

  private void readAll(Talk talk) {
    while (read(talk, scratch.length) > 0) {}
  }

  private int read(Talk talk, int most) {
    if (!talk.isReading()) {
      return 0;
    }
    int n = connection.read(talk.stream, scratch, 0, most);
    var theirs = opposite().talk(talk.stream);
    if (n == Streams.END) {
      assertTrue(theirs.finished, "an end that nobody wrote");
      assertEquals(theirs.written, talk.read, "all of a stream");
      talk.ended = true;
    } else if (n > 0) {
      var peer = opposite().connection.role();
      assertArrayEquals(
          Talk.content(talk.stream, peer, talk.read, n), Arrays.copyOf(scratch, n), "the bytes");
      talk.read += n;
      assertTrue(talk.read <= theirs.written, "bytes that nobody wrote");
    }
    return n;
  }

  // What must be

  /// Whether all it began has come to an end.
  boolean isSettled() {
    return pending == 0 && (closed != null || allOver());
  }

  private boolean allOver() {
    boolean answered = pings == 0 || pongs > 0;
    return answered && wanted.isEmpty() && talks.values().stream().allMatch(talk -> talk.closed);
  }

  /// All that was written and not given up has arrived at the other end.
  void checkThatAllArrived() {
    for (var talk : talks.values()) {
      var theirs = opposite().talk(talk.stream);
      boolean meant = talk.finished && !talk.reset && !talk.wasStopped;
      if (meant && !theirs.stopped) {
        assertTrue(theirs.ended, () -> "stream " + talk.stream + " has not arrived");
        assertEquals(talk.written, theirs.read, () -> "bytes of stream " + talk.stream);
      }
    }
  }

  void checkThatItIsClosed() {
    assertNotNull(closed, "nobody said that it is over");
  }

  /// What keeps it from being settled.
  @Override
  public String toString() {
    var text = new StringBuilder(connection.role() + ": pending " + pending);
    text.append(", wanted ").append(wanted.size()).append(", closed ").append(closed);
    for (var talk : talks.values()) {
      if (!talk.closed) {
        text.append("\n  stream ").append(talk.stream).append(": planned ").append(talk.planned);
        text.append(" written ").append(talk.written).append(" read ").append(talk.read);
        text.append(talk.finished ? " finished" : "").append(talk.reset ? " reset" : "");
        text.append(talk.stopped ? " stopped" : "").append(talk.ended ? " ended" : "");
        text.append(talk.wasReset ? " was-reset" : "")
            .append(talk.wasStopped ? " was-stopped" : "");
      }
    }
    return text.toString();
  }
}
