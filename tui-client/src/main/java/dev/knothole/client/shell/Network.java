package dev.knothole.client.shell;

import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.PeerOutput;
import dev.knothole.client.peer.Peering;
import dev.knothole.protocol.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/// The owner of everything that talks to peers and relays: one thread, one queue.
final class Network {
  private static final Duration IDLE = Duration.ofHours(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /// Saying goodbye is a few sends on a local socket.
  private static final Duration GOODBYE_PATIENCE = Duration.ofMillis(500);

  private final Peering peering;
  private final UdpTransport transport;
  private final InstantSource clock;
  private final Reports reports;
  private final EventBus<PeerInput> inbox;
  private final CountDownLatch signedOff = new CountDownLatch(1);
  private Instant wake;

  /// Where news go. Never blocks: peers must be answered however busy the receiver is.
  interface Reports {
    void report(PeerEvent event);

    void relayWanted();

    /// Nothing more will come: a fault of this program ended its network side.
    void failed();
  }

  Network(Peering peering, UdpTransport transport, InstantSource clock, Reports reports) {
    this.peering = peering;
    this.transport = transport;
    this.clock = clock;
    this.reports = reports;
    inbox = new EventBus<>(clock);
    wake = clock.instant().plus(IDLE);
  }

  void start() {
    Thread.ofVirtual().name("network").start(this::run);
    Thread.ofVirtual().name("addresses").start(this::watchAddresses);
    transport.start((from, bytes) -> inbox.offer(new PeerInput.Datagram(from, bytes)));
  }

  /// Never blocks, because the two owners must not wait for each other: an order that finds
  /// thousands before it is dropped.
  void post(PeerInput input) {
    if (!inbox.offerUrgently(input)) {
      Logger.warn("the network is too busy for {}", input.getClass().getSimpleName());
    }
  }

  /// There is no portable word of the system when a laptop roams; asking takes some 0.2 ms.
  private void watchAddresses() {
    var known = localAddresses();
    try {
      while (!signedOff.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        var now = localAddresses();
        if (!now.equals(known)) {
          known = now;
          post(new PeerInput.LocalAddresses(now));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Endpoint> localAddresses() {
    return LocalAddresses.of(transport.localPort());
  }

  /// Says goodbye to everybody and returns when that is done.
  void signOff() {
    try {
      boolean full = !inbox.offerUrgently(new PeerInput.SignOff());
      if (full || !signedOff.await(GOODBYE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        Logger.warn("the network was too busy to say goodbye");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (signedOff.getCount() > 0) {
        step(inbox.next(wake));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      Logger.error(e, "the network side failed");
      reports.failed();
    } finally {
      signedOff.countDown();
      Logger.info("{} datagrams were not understood", peering.dropped());
    }
  }

  private void step(Optional<PeerInput> next) throws InterruptedException {
    var now = clock.instant();
    var input = next.orElse(new PeerInput.Tick());
    wake = now.plus(IDLE);
    for (var output : peering.handle(input, now)) {
      switch (output) {
        case PeerOutput.Transmit(var to, var bytes) -> transport.send(to, bytes);
        case PeerOutput.Report(var event) -> reports.report(event);
        case PeerOutput.HostRelay _ -> reports.relayWanted();
        case PeerOutput.WakeAt(var time) -> wake = time;
      }
    }
    if (input instanceof PeerInput.SignOff) {
      signedOff.countDown();
    }
  }
}
