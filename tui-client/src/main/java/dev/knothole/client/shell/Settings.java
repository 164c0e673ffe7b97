package dev.knothole.client.shell;

import dev.knothole.client.store.Profile;
import dev.knothole.protocol.Username;
import java.util.List;

/// What the user wants of this run, from the command line and the configuration file.
///
/// @param relays empty for the one at localhost, hosted here if need be
/// @param port the local UDP port, 0 for any
/// @param commands what to do first, as if it were typed
/// @param profile where the identity and the history are
public record Settings(
    Username name,
    List<RelayAddress> relays,
    int port,
    List<String> commands,
    Profile profile,
    Privacy privacy) {
  /// @param relayOnly whether to hide the own address from peers
  /// @param readReceipts whether to tell what was read, and to be told
  /// @param typing the same for typing
  public record Privacy(boolean relayOnly, boolean readReceipts, boolean typing) {}

  public Settings {
    relays = List.copyOf(relays);
    commands = List.copyOf(commands);
  }
}
