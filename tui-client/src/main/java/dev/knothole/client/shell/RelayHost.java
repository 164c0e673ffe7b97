package dev.knothole.client.shell;

import dev.knothole.protocol.Endpoint;
import dev.knothole.relay.RelayServer;
import dev.knothole.relay.Rendezvous;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/// A relay inside this program, for when there is none at localhost. Whoever gets the port hosts;
/// the others go on asking, and find it.
final class RelayHost implements AutoCloseable {
  /// Where a client looks, and hosts, when no relay is configured. One address of one family, so
  /// that all who meet there can reach each other.
  static final Endpoint LOCAL = Endpoint.parse("127.0.0.1:" + RelayServer.DEFAULT_PORT);

  /// Fits into the client's small heap; more people than that do not share a machine's loopback.
  private static final Rendezvous.Limits LIMITS =
      new Rendezvous.Limits(10_000, Duration.ofHours(12));

  private final Runnable opened;
  private @Nullable RelayServer server;
  private boolean closed;

  /// @param opened told when a relay begins to run here; must not block
  RelayHost(Runnable opened) {
    this.opened = opened;
  }

  void want() {
    Thread.ofVirtual().name("relay-host").start(this::open);
  }

  private synchronized void open() {
    if (closed || server != null) {
      return;
    }
    try {
      server = RelayServer.open(LOCAL.port(), List.of(LOCAL.address()), LIMITS);
      opened.run();
    } catch (IOException e) {
      Logger.debug("no relay hosted here: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
