package dev.knothole.client.app;

import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Username;

/// A slash command that was understood.
public sealed interface Command {
  /// @param topic empty for the overview
  record Help(String topic) implements Command {}

  record Connect(Target target) implements Command {}

  record Disconnect(Where where) implements Command {}

  record Message(PeerId to, String text) implements Command {}

  record Nick(Username name) implements Command {}

  record Peers() implements Command {}

  record Status() implements Command {}

  record Ping(Where where) implements Command {}

  record Clear() implements Command {}

  record Quit() implements Command {}
}
