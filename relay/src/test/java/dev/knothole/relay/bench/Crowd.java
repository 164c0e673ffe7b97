package dev.knothole.relay.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Many peers of one relay. At most [#MAX_LIVE] keep their sockets; the others registered from
/// sockets that were closed again, which is all the same to the relay.
///
/// A bounded number of requests is under way at any time, so nothing is ever lost on loopback and
/// the relay, not a queue, sets the pace.
final class Crowd implements AutoCloseable {
  private static final int MAX_LIVE = 10_000;
  private static final int WINDOW = 128;
  private static final int PORTS_PER_ADDRESS = 20_000;
  private static final int FIRST_PORT = 10_000;

  private final InetSocketAddress relay;
  private final List<Client> live = new ArrayList<>();
  private final Random random = new Random(1);
  private int sockets;
  private int names;
  private int size;

  Crowd(InetSocketAddress relay) {
    this.relay = relay;
  }

  void growTo(int peers) throws IOException {
    int from = live.size();
    while (live.size() < Math.min(peers, MAX_LIVE)) {
      live.add(newClient());
    }
    registerAll(live.subList(from, live.size()));
    size = Math.max(size, live.size());
    while (size < peers) {
      var passing = new ArrayList<Client>();
      for (; passing.size() < WINDOW && size < peers; size++) {
        passing.add(newClient());
      }
      registerAll(passing);
      for (var client : passing) {
        client.close();
      }
    }
  }

  /// Sources are spread over 127.0.0.0/8, all of which is loopback.
  private Client newClient() throws IOException {
    int host = 1 + sockets / PORTS_PER_ADDRESS;
    int port = FIRST_PORT + sockets % PORTS_PER_ADDRESS;
    sockets++;
    byte[] address = {127, 1, (byte) (host >> 8), (byte) host};
    return new Client(new InetSocketAddress(InetAddress.getByAddress(address), port), relay);
  }

  /// Every live peer registers a name that nobody has.
  ///
  /// @return how many registrations that was
  int registerAll() throws IOException {
    registerAll(live);
    return live.size();
  }

  private void registerAll(List<Client> clients) throws IOException {
    int window = Math.min(WINDOW, clients.size());
    for (int at = 0; at < clients.size() + window; at++) {
      if (at < clients.size()) {
        clients.get(at).register(names++);
      }
      if (at >= window) {
        clients.get(at - window).awaitAck();
      }
    }
  }

  /// Every live peer takes part in one introduction: Connect, PeerInfo to both, SessionFinished.
  ///
  /// @return how many introductions that was
  int introduceAll() throws IOException {
    Collections.shuffle(live, random);
    int pairs = live.size() / 2;
    int window = Math.min(WINDOW / 2, pairs);
    for (int at = 0; at < pairs + window; at++) {
      if (at < pairs) {
        live.get(2 * at).connect(live.get(2 * at + 1));
      }
      if (at >= window) {
        conclude(live.get(2 * (at - window)), live.get(2 * (at - window) + 1));
      }
    }
    return pairs;
  }

  private static void conclude(Client asker, Client target) throws IOException {
    asker.awaitPeerInfo();
    target.awaitPeerInfo();
    asker.finish();
  }

  @Override
  public void close() throws IOException {
    for (var client : live) {
      client.close();
    }
  }
}
