package dev.knothole.client.app;

import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.protocol.Endpoint;
import java.util.List;

/// What can happen to [Client].
public sealed interface Event {
  /// Text typed into the input line.
  record Typed(String text) implements Event {}

  /// Text pasted into the input line: never sent by itself, whatever it holds.
  record Pasted(String text) implements Event {}

  record Acted(Action action) implements Event {}

  /// A whole line from a front end that edits lines itself.
  record Entered(String line) implements Event {}

  /// Show the chat at this place of the list, counted from 1.
  record GoTo(int number) implements Event {}

  /// The open chat was scrolled; [Anchor#BOTTOM] follows new lines.
  record ScrolledTo(Anchor anchor) implements Event {}

  record FromNetwork(PeerEvent event) implements Event {}

  record FromHistory(HistoryEvent event) implements Event {}

  /// A relay of our own runs inside this program from now on.
  record Hosting() implements Event {}

  /// The network side has ended by a fault of this program.
  record NetworkFailed() implements Event {}

  /// A host name was looked up for `/connect`; no address means that there is none.
  record LookedUp(String host, List<Endpoint> addresses) implements Event {
    public LookedUp {
      addresses = List.copyOf(addresses);
    }
  }

  /// Something outside the chat that the user should know of.
  record Told(String sentence) implements Event {}

  record Tick() implements Event {}

  /// No more input will come; leave when everything is sent.
  record InputEnded() implements Event {}

  /// The system wants the program to end, by this signal.
  record Signalled(int signal) implements Event {}
}
