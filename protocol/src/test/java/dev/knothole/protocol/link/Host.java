package dev.knothole.protocol.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.sim.Line;
import dev.knothole.protocol.link.sim.VirtualTime;
import dev.knothole.protocol.link.sim.Way;
import dev.knothole.protocol.link.stream.BufferBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// A machine with one socket: the owner of a [Links] in virtual time, with a clock of its own.
final class Host implements Line.Socket {
  /// In virtual time nothing passes between two turns at the same instant; more of them than any
  /// burst of work takes can only be a timer that is due for ever.
  private static final int MAX_TURNS_AT_ONCE = 20_000;

  private static final long PROBES = 2;

  private record Attachment(Line line, int end) {}

  /// Somebody between the connections and the network.
  interface Wiretap {
    /// @return whether the datagram goes on
    boolean passes(Way to, byte[] datagram);
  }

  final Links links;
  final BufferBudget budget;
  private final VirtualTime time;
  private final Map<Integer, Attachment> attachments = new HashMap<>();
  private final Map<Connection, WindowWatch> watched = new HashMap<>();
  private final Transmission out = new Transmission(64 << 10, 44);
  private final List<Connection> met = new ArrayList<>();
  private BiConsumer<Connection, LinkEvent> application = (_, _) -> {};
  private Wiretap wiretap = (_, _) -> true;
  private long skew;
  private long lateness;
  private long timerAt = Long.MAX_VALUE;
  private long turnAt;
  private int turns;
  private boolean flushing;
  private boolean rang;
  private long sent;

  Host(
      VirtualTime time,
      Identity identity,
      PeerCheck welcome,
      LinkOptions options,
      BufferBudget budget,
      long seed) {
    this.time = time;
    this.budget = budget;
    links = new Links(identity, welcome, options, budget, new SeededRandom(seed));
  }

  /// What the clock of this machine shows.
  long now() {
    return time.now() + skew;
  }

  /// The clock leaps, as after sleep; what was due in between is due now.
  void leap(long nanos) {
    skew += nanos;
    tick();
  }

  private void tick() {
    rang = true;
    turn(() -> links.tick(now()));
    rang = false;
  }

  /// Timers ring later than they should.
  void ringLate(long nanos) {
    lateness = nanos;
  }

  void attach(Line line, int end) {
    attachments.put(line.number(), new Attachment(line, end));
  }

  /// Who is told of everything.
  void listen(BiConsumer<Connection, LinkEvent> listener) {
    application = listener;
  }

  void tap(Wiretap other) {
    wiretap = other;
  }

  /// How the other end of a line is reached now; the application vouches for it.
  Way way(Line line) {
    var attachment = attachment(line.number());
    var way = line.from(attachment.end());
    line.trust(attachment.end(), way);
    return way;
  }

  private Attachment attachment(int line) {
    var found = attachments.get(line);
    if (found == null) {
      throw new AssertionError("no line " + line + " here");
    }
    return found;
  }

  Connection connect(Line line, PeerCheck check) {
    var connection = links.connect(way(line), check, now());
    watch(connection);
    flush();
    return connection;
  }

  /// From now on it is checked that it never has more in flight than it may.
  void watch(Connection connection) {
    watched.put(connection, new WindowWatch(connection));
  }

  /// Connections that have told something, in the order in which they first did.
  List<Connection> met() {
    return met;
  }

  long sent() {
    return sent;
  }

  @Override
  public void receive(byte[] datagram, Way from) {
    turn(() -> links.received(datagram, 0, datagram.length, from, now()));
  }

  /// The application does something, and what comes of it is sent.
  void turn(Runnable act) {
    act.run();
    flush();
  }

  void flush() {
    if (flushing) {
      return;
    }
    noteTurn();
    flushing = true;
    try {
      do {
        transmit();
      } while (tell());
    } finally {
      flushing = false;
    }
    setTimer();
  }

  private void noteTurn() {
    turns = turnAt == time.now() ? turns + 1 : 0;
    turnAt = time.now();
    assertTrue(turns < MAX_TURNS_AT_ONCE, "a timer is due for ever");
  }

  private void transmit() {
    watched.values().forEach(WindowWatch::before);
    while (links.transmit(out, now())) {
      for (int at = 0; at < out.length(); at += out.segmentBytes()) {
        int end = Math.min(at + out.segmentBytes(), out.length());
        send(Arrays.copyOfRange(out.bytes(), at, end));
      }
    }
    watched.values().forEach(watch -> watch.after(rang));
  }

  private void send(byte[] datagram) {
    send((Way) out.route(), datagram);
    if (out.duplicate() != null) {
      send((Way) out.duplicate(), datagram);
    }
  }

  private void send(Way to, byte[] datagram) {
    sent++;
    if (wiretap.passes(to, datagram)) {
      var attachment = attachment(to.line());
      attachment.line().send(attachment.end(), to, datagram);
    }
  }

  /// Somebody on the way sends a datagram as if it came from here.
  void inject(Way to, byte[] datagram) {
    var attachment = attachment(to.line());
    attachment.line().forge(attachment.end(), to, datagram);
  }

  private boolean tell() {
    boolean any = false;
    for (var next = links.nextWithEvents(); next != null; next = links.nextWithEvents()) {
      any = true;
      for (var event = next.nextEvent(); event != null; event = next.nextEvent()) {
        if (!met.contains(next)) {
          met.add(next);
        }
        application.accept(next, event);
      }
    }
    return any;
  }

  private void setTimer() {
    long wakeAt = links.wakeAt();
    if (wakeAt == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(time.now(), wakeAt - skew + lateness);
    if (at < timerAt) {
      timerAt = at;
      time.at(at, () -> ring(at));
    }
  }

  private void ring(long at) {
    if (timerAt == at) {
      timerAt = Long.MAX_VALUE;
      tick();
    }
  }

  /// Compares what a connection has in flight with its window, before and after it sends.
  private static final class WindowWatch {
    private final Connection connection;
    private PathState path;
    private long before;

    WindowWatch(Connection connection) {
      this.connection = connection;
      path = connection.sending();
    }

    void before() {
      path = connection.sending();
      before = Math.max(path.flight().inFlight(), path.flight().controller().window());
    }

    /// Probes may leave when the window is full: two of the smallest size after a timeout, and one
    /// of the handshake, which may have to wait until more may be sent to an unproven address. A
    /// packet that ends a pause may open the window.
    void after(boolean rang) {
      var now = connection.sending();
      if (now == path) {
        long inFlight = now.flight().inFlight();
        long probes = connection.isConnected() ? (rang ? PROBES : 0) : PROBES + 1;
        long window = Math.max(before, now.flight().controller().window());
        long allowed = window + probes * DataSpace.BASE_DATAGRAM;
        assertTrue(inFlight <= allowed, () -> inFlight + " bytes in flight of " + allowed);
      }
    }
  }
}
