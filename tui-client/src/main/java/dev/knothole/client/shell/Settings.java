package dev.knothole.client.shell;

import dev.knothole.protocol.Username;
import java.util.List;

/// What the user wants of this run, from the command line and the configuration file.
///
/// @param relays empty for the one at localhost, hosted here if need be
/// @param port the local UDP port, 0 for any
/// @param commands what to do first, as if it were typed
public record Settings(Username name, List<RelayAddress> relays, int port, List<String> commands) {
  public Settings {
    relays = List.copyOf(relays);
    commands = List.copyOf(commands);
  }
}
