package dev.knothole.protocol.link.sim;

import java.util.HashMap;
import java.util.Map;

/// Two sockets and the paths between them. A router may give either end a new address: then what is
/// sent to its old one is lost, and what it sends comes from the new one.
///
/// It keeps an account that looks into no packet: an address is proven to an end once something
/// came back from there that was sent after something of this end had arrived there. Until then no
/// end may send more there than three times what came from there.
public final class Line {
  /// The largest datagram that routes promise, as over IPv6.
  public static final int MAX_DATAGRAM = 1452;

  private static final int AMPLIFICATION = 3;

  /// Where datagrams of a line arrive.
  public interface Socket {
    void receive(byte[] datagram, Way from);
  }

  /// What one end knows of an address of the other.
  private static final class Acquaintance {
    long sent;
    long received;
    boolean reached;
    boolean proven;
  }

  private static final class End {
    final Socket socket;
    final SimulatedPath outward;
    final Map<Integer, Acquaintance> known = new HashMap<>();
    int face;
    long sent;

    End(Socket socket, SimulatedPath outward) {
      this.socket = socket;
      this.outward = outward;
    }

    Acquaintance of(int otherFace) {
      return known.computeIfAbsent(otherFace, _ -> new Acquaintance());
    }
  }

  private final int number;
  private final int maxDatagram;
  private final End[] ends;

  public Line(int number, Socket first, SimulatedPath there, Socket second, SimulatedPath back) {
    this(number, MAX_DATAGRAM, first, there, second, back);
  }

  public Line(
      int number,
      int maxDatagram,
      Socket first,
      SimulatedPath there,
      Socket second,
      SimulatedPath back) {
    this.number = number;
    this.maxDatagram = maxDatagram;
    ends = new End[] {new End(first, there), new End(second, back)};
  }

  public int number() {
    return number;
  }

  /// How this end reaches the other one.
  public Way from(int end) {
    return new Way(number, ends[1 - end].face, maxDatagram);
  }

  /// This end need not be careful with the address: its application has chosen it.
  public void trust(int end, Way to) {
    ends[end].of(to.face()).proven = true;
  }

  public void blackHole(long from, long to) {
    ends[0].outward.blackHole(from, to);
    ends[1].outward.blackHole(from, to);
  }

  /// Both directions become others.
  public void become(Shape there, Shape back) {
    ends[0].outward.become(there);
    ends[1].outward.become(back);
  }

  /// The other side sees this end at a new address from now on.
  public void rebind(int end) {
    ends[end].face++;
  }

  /// The other side sees this end again where it was before it was rebound.
  public void rebindBack(int end) {
    ends[end].face--;
  }

  /// Nanoseconds there and back, without any waiting.
  public long roundTrip() {
    return ends[0].outward.delay() + ends[1].outward.delay();
  }

  /// Datagrams that this end has sent.
  public long sent(int end) {
    return ends[end].sent;
  }

  public void send(int end, Way to, byte[] datagram) {
    var from = ends[end];
    var other = ends[1 - end];
    var there = from.of(to.face());
    from.sent++;
    there.sent += datagram.length;
    if (!there.proven && there.sent > AMPLIFICATION * there.received) {
      throw new AssertionError(
          "sent " + there.sent + " to " + to + " that has sent " + there.received);
    }
    carry(from, other, to, datagram);
  }

  /// Somebody on the way sends a datagram as if this end had.
  public void forge(int end, Way to, byte[] datagram) {
    carry(ends[end], ends[1 - end], to, datagram);
  }

  private void carry(End from, End other, Way to, byte[] datagram) {
    var there = from.of(to.face());
    int face = from.face;
    boolean echo = other.of(face).reached;
    from.outward.send(
        datagram,
        arrived -> {
          if (to.face() == other.face) {
            there.reached = true;
            arrive(other, arrived, face, echo);
          }
        });
  }

  private void arrive(End at, byte[] datagram, int face, boolean echo) {
    var sender = at.of(face);
    sender.received += datagram.length;
    sender.proven |= echo;
    at.socket.receive(datagram, new Way(number, face, maxDatagram));
  }
}
