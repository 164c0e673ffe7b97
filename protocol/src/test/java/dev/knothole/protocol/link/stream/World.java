package dev.knothole.protocol.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// Two ends and the pipe between them, in virtual time: packets are lost, doubled, late and out of
/// order, so are acknowledgements, and what is overdue counts as lost, rightly or not.
final class World {
  private static final long MILLIS = 1_000_000;
  private static final long OVERDUE = 120 * MILLIS;
  private static final int PACKET_BYTES = 1200;

  final Random random;
  final List<BufferBudget> budgets = new ArrayList<>();
  final End client;
  final End server;
  long now;

  /// How often memory was too little for what came, and for a writer.
  int refused;

  int turnedAway;

  private final PriorityQueue<Due> due = new PriorityQueue<>(Due.ORDER);
  private final int loss;
  private final int doubled;
  private final long jitter;
  private long order;
  private boolean fair;

  private record Due(long at, long order, Runnable happening) {
    static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::at).thenComparingLong(Due::order);
  }

  private static final class Packet {
    final List<Sent> content = new ArrayList<>();
    final List<byte[]> bytes = new ArrayList<>();
    boolean settled;
  }

  World(long seed) {
    random = new Random(seed);
    loss = random.nextInt(40);
    doubled = random.nextInt(20);
    jitter = 1 + random.nextLong(50);
    budgets.add(budget());
    if (random.nextBoolean()) {
      budgets.add(budget());
    }
    client = new End(Role.CLIENT, this, budgets.getFirst());
    server = new End(Role.SERVER, this, budgets.getLast());
    client.meet(server);
    server.meet(client);
  }

  private BufferBudget budget() {
    return new BufferBudget((16L + random.nextInt(random.nextBoolean() ? 20 : 2000)) * 4096);
  }

  /// One round: what is due happens, both ends do something, packets go out.
  void step() {
    now += 1 + random.nextLong(2 * MILLIS);
    while (!due.isEmpty() && due.peek().at() <= now) {
      due.remove().happening().run();
    }
    for (var end : List.of(client, server)) {
      end.listen();
      if (!fair) {
        end.act();
        end.listen();
      }
      send(end);
    }
    budgets.forEach(World::checkBalance);
  }

  private static void checkBalance(BufferBudget budget) {
    assertTrue(budget.usedBytes() >= 0 && budget.usedBytes() <= budget.sizeBytes(), "the budget");
    assertTrue(budget.pooled() * 4096L + budget.usedBytes() <= budget.sizeBytes(), "the pool");
  }

  /// From now on the network is good and both ends only bring to an end what they began.
  void becomeFair() {
    fair = true;
  }

  boolean isOver() {
    return client.isOver() && server.isOver() && due.isEmpty();
  }

  private void send(End from) {
    while (from.inFlight < from.maxInFlight && from.streams.hasWork()) {
      var packet = fill(from);
      if (packet.content.isEmpty()) {
        return;
      }
      from.inFlight++;
      transmit(from, packet);
    }
  }

  private Packet fill(End from) {
    var packet = new Packet();
    int room = fair ? PACKET_BYTES : 40 + random.nextInt(PACKET_BYTES);
    for (var signal = from.streams.nextSignal(); ; signal = from.streams.nextSignal()) {
      if (signal == null) {
        break;
      }
      packet.content.add(signal);
      packet.bytes.add(new byte[0]);
    }
    for (var piece = from.streams.nextPiece(room); piece != null; ) {
      byte[] bytes = new byte[piece.length()];
      from.streams.copy(piece, bytes, 0);
      from.checkSent(piece, bytes);
      packet.content.add(piece);
      packet.bytes.add(bytes);
      room -= piece.length() + End.OVERHEAD;
      piece = room > 0 ? from.streams.nextPiece(room) : null;
    }
    return packet;
  }

  private void transmit(End from, Packet packet) {
    int copies = happens(loss) ? 0 : happens(doubled) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      after(delay(), () -> arrive(from.other(), from, packet));
    }
    after(
        OVERDUE,
        () -> {
          if (!packet.settled) {
            packet.settled = true;
            from.inFlight--;
            packet.content.forEach(from.streams::lost);
          }
        });
  }

  private void arrive(End to, End from, Packet packet) {
    boolean taken = true;
    for (int i = 0; i < packet.content.size(); i++) {
      taken &= to.receive(packet.content.get(i), packet.bytes.get(i));
    }
    if (taken && !happens(loss)) {
      after(delay(), () -> acknowledge(from, packet));
    }
  }

  /// Late acknowledgements of what counts as lost are heard too.
  private static void acknowledge(End from, Packet packet) {
    from.inFlight -= packet.settled ? 0 : 1;
    packet.settled = true;
    packet.content.forEach(from.streams::acknowledged);
  }

  private long delay() {
    return MILLIS * (5 + random.nextLong(jitter) + (happens(3) ? 200 : 0));
  }

  private void after(long delay, Runnable happening) {
    due.add(new Due(now + delay, order++, happening));
  }

  private boolean happens(int percent) {
    return !fair && random.nextInt(100) < percent;
  }

  void checkNothingIsKept() {
    for (var budget : budgets) {
      assertEquals(0, budget.usedBytes(), "bytes of the budget in use at the end");
    }
  }
}
