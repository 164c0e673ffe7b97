package dev.knothole.client.shell;

import dev.knothole.protocol.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Looks host names up, each on a thread of its own, because resolvers may take seconds.
final class Directory {
  /// Between two tries to find a relay: a laptop that wakes up has its network back within seconds.
  private static final List<Duration> PATIENCE =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1));

  private Directory() {}

  /// Finds at least one of the relays, trying again until it does.
  ///
  /// @param failed told a sentence, once
  static void find(
      List<RelayAddress> relays, Consumer<List<Endpoint>> found, Consumer<String> failed) {
    Thread.ofVirtual()
        .name("relay-lookup")
        .start(
            () -> {
              for (int tries = 0; ; tries++) {
                var addresses = addresses(relays);
                if (!addresses.isEmpty()) {
                  found.accept(addresses);
                  return;
                }
                if (tries == 0) {
                  failed.accept(notFound(relays));
                }
                if (!pause(PATIENCE.get(Math.min(tries, PATIENCE.size() - 1)))) {
                  return;
                }
              }
            });
  }

  /// @param found gets an empty list when the name has no address
  static void find(String host, int port, Consumer<List<Endpoint>> found) {
    Thread.ofVirtual()
        .name("lookup")
        .start(() -> found.accept(addresses(List.of(new RelayAddress(host, port)))));
  }

  private static List<Endpoint> addresses(List<RelayAddress> relays) {
    return relays.stream().flatMap(relay -> relay.lookUp().stream()).toList();
  }

  private static String notFound(List<RelayAddress> relays) {
    var names = relays.stream().map(RelayAddress::host).toList();
    return "There is no address for the relay "
        + String.join(" or ", names)
        + ". Check the spelling and your network; it is tried again by itself.";
  }

  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
