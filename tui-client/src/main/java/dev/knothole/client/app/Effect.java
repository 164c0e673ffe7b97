package dev.knothole.client.app;

import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerInput;
import java.time.Instant;

/// What [Client] wants done. The screen needs no effect: it is painted from the state after each
/// batch.
public sealed interface Effect {
  record ToNetwork(PeerInput input) implements Effect {}

  record ToHistory(HistoryInput input) implements Effect {}

  /// Look a host name up; answered by [Event.LookedUp].
  record LookUp(String host, int port) implements Effect {}

  /// A line has come to a chat: for front ends that print lines instead of painting.
  record Appended(ChatId chat, Line line) implements Effect {}

  /// Say goodbye and end with this exit status.
  record Quit(int status) implements Effect {}

  /// Call again with an [Event.Tick] then. Always last, at most one; it replaces every earlier one.
  record WakeAt(Instant time) implements Effect {}
}
