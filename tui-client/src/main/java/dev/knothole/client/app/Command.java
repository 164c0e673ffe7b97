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

  /// `/me`
  record Deed(String text) implements Command {}

  record Accept(Where where) implements Command {}

  record Reject(Where where) implements Command {}

  record Block(Username name, boolean blocked) implements Command {}

  record Verify(Where where) implements Command {}

  record Trust(Username name) implements Command {}

  record TrustRelay() implements Command {}

  record ShowFingerprint(Where where) implements Command {}

  record ShowQueue() implements Command {}

  record Unsend() implements Command {}

  record Retry() implements Command {}

  record Search(String words) implements Command {}

  record ShowHistory(int count) implements Command {}

  record Export(String file) implements Command {}

  record SetAway(String reason) implements Command {}

  record Nick(Username name) implements Command {}

  record Peers() implements Command {}

  record Status() implements Command {}

  record Ping(Where where) implements Command {}

  record Clear() implements Command {}

  record Quit() implements Command {}
}
