package dev.knothole.client.shell;

import dev.knothole.client.app.Client;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.Peering;
import dev.knothole.client.shell.Controller.Incoming;
import dev.knothole.protocol.link.handshake.Identity;
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
    try (var transport = open(settings.port());
        var host = new RelayHost(() -> tell(new Event.Hosting()))) {
      var random = new SecureRandom();
      var network =
          new Network(
              new Peering(Identity.generate(random), false, random, transport.port()),
              transport,
              clock,
              reports(host));
      var client = new Client(settings.name(), frontEnd.hands(), clock.instant());
      var controller = new Controller<>(client, frontEnd, inbox, world(network), clock);
      // A signal that no front end takes ends the JVM; also then the peers hear a goodbye.
      var farewell = new Thread(network::signOff, "farewell");
      Runtime.getRuntime().addShutdownHook(farewell);
      network.start();
      begin(settings, network);
      try {
        return controller.run(settings.commands());
      } finally {
        network.signOff();
      }
    }
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

  private Controller.World world(Network network) {
    return new Controller.World() {
      @Override
      public void toNetwork(PeerInput input) {
        network.post(input);
      }

      @Override
      public void lookUp(String host, int port) {
        Directory.find(host, port, found -> tell(new Event.LookedUp(host, found)));
      }
    };
  }
}
