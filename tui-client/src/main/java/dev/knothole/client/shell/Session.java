package dev.knothole.client.shell;

import dev.knothole.client.app.Client;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.app.Preferences;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.Peering;
import dev.knothole.client.shell.Controller.Incoming;
import dev.knothole.client.store.IdentityFile;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.tinylog.Logger;

/// One run of the program: front end, controller, network and relay wired together.
///
/// @param <I> what the front end reports
public final class Session<I> {
  /// Lines of each chat that are on the screen from the start; /history shows earlier ones.
  private static final int BACKLOG = 100;

  private final InstantSource clock = new MonotonicClock();
  private final EventBus<Incoming<I>> inbox = new EventBus<>(clock);

  /// For the front end's reader: hands an input over, waiting when too many are waiting already.
  public void input(I input) {
    try {
      inbox.postUrgently(new Incoming.Input<>(input));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Talks until the user leaves.
  ///
  /// @return the exit status
  public int run(Settings settings, FrontEnd<I> frontEnd) throws IOException, InterruptedException {
    var random = new SecureRandom();
    var identity = IdentityFile.open(settings.profile().identityFile(), random);
    var privacy = settings.privacy();
    try (var transport = open(settings.port());
        var host = new RelayHost(() -> tell(new Event.Hosting()))) {
      var peering = new Peering(identity, privacy.relayOnly(), random, transport.port());
      var network = new Network(peering, transport, clock, reports(host));
      var preferences =
          new Preferences(identity.fingerprint(), privacy.readReceipts(), privacy.typing());
      var client =
          new Client(settings.name(), frontEnd.hands(), preferences, random, clock.instant());
      try (var history = history(settings, network)) {
        var world = world(network, history);
        var controller = new Controller<>(client, frontEnd, inbox, world, clock);
        // A signal that no front end takes ends the JVM; also then the peers hear a goodbye.
        var farewell = new Thread(network::signOff, "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        network.start();
        history.start();
        history.post(new HistoryInput.Open(BACKLOG));
        try {
          return controller.run(settings.commands());
        } finally {
          network.signOff();
        }
      }
    }
  }

  /// The network begins when it is known which keys relays have to show, or that nobody knows.
  private HistoryThread history(Settings settings, Network network) {
    return new HistoryThread(
        settings.profile().historyFile(),
        event -> {
          tell(new Event.FromHistory(event));
          switch (event) {
            case HistoryEvent.Opened opened -> {
              opened
                  .relays()
                  .forEach((relay, key) -> network.post(new PeerInput.PinRelay(relay, key)));
              begin(settings, network);
            }
            case HistoryEvent.Failed(HistoryInput.Open _, _) -> begin(settings, network);
            default -> {}
          }
        });
  }

  private static UdpTransport open(int port) throws IOException {
    try {
      return UdpTransport.open(port);
    } catch (BindException e) {
      throw new IOException(
          "UDP port "
              + port
              + " cannot be used: "
              + e.getMessage()
              + ". Choose another with --port.",
          e);
    }
  }

  private void begin(Settings settings, Network network) {
    network.post(new PeerInput.LocalAddresses(network.localAddresses()));
    network.post(new PeerInput.SignIn(settings.name()));
    if (settings.relays().isEmpty()) {
      network.post(new PeerInput.UseRelays(List.of(RelayHost.LOCAL), true));
    } else {
      Directory.find(
          settings.relays(),
          addresses -> network.post(new PeerInput.UseRelays(addresses, false)),
          sentence -> tell(new Event.Told(sentence)));
    }
  }

  private void tell(Event event) {
    if (!inbox.offerImportant(new Incoming.News<>(event))) {
      Logger.warn("the client is too busy for {}", event.getClass().getSimpleName());
    }
  }

  private Network.Reports reports(RelayHost host) {
    return new Network.Reports() {
      @Override
      public void report(PeerEvent event) {
        var news = new Event.FromNetwork(event);
        switch (event) {
          // The network may lose them as well.
          case PeerEvent.Said _, PeerEvent.Measured _ -> inbox.offer(new Incoming.News<>(news));
          case PeerEvent.RelayChanged _,
              PeerEvent.NatChanged _,
              PeerEvent.LinkChanged _,
              PeerEvent.Calling _,
              PeerEvent.CallingPlainly _,
              PeerEvent.CallEnded _,
              PeerEvent.PlainOnly _,
              PeerEvent.Heard _,
              PeerEvent.RelayPinned _ ->
              tell(news);
        }
      }

      @Override
      public void relayWanted() {
        host.want();
      }

      @Override
      public void failed() {
        tell(new Event.NetworkFailed());
      }
    };
  }

  private Controller.World world(Network network, HistoryThread history) {
    return new Controller.World() {
      @Override
      public void toNetwork(PeerInput input) {
        network.post(input);
      }

      @Override
      public void toHistory(HistoryInput input) {
        history.post(input);
      }

      @Override
      public void lookUp(String host, int port) {
        Directory.find(host, port, found -> tell(new Event.LookedUp(host, found)));
      }
    };
  }
}
