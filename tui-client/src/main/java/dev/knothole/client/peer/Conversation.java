package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One chat's connection from the first question to the last goodbye.
///
/// ```
/// Asking --introduced--> Punching --answered--> Open <--> Moving
///    |                      |                     |
///    +-------- Closed <-----+---------------------+
/// ```
final class Conversation {
  private sealed interface Phase {
    record Asking() implements Phase {}

    record Punching(HolePuncher puncher) implements Phase {}

    record Open(OpenPath path) implements Phase {}

    record Moving(OpenPath path, Move move) implements Phase {}

    record Closed() implements Phase {}
  }

  private final PeerId peer;
  private final Jitter jitter;
  private final Outbox outbox;

  /// Further addresses that are the peer's beyond doubt. It may still send from them.
  private final Set<Endpoint> others = new HashSet<>();

  private Phase phase = new Phase.Asking();
  private Link link = new Link.Asking();

  Conversation(PeerId peer, Jitter jitter, Outbox outbox) {
    this.peer = peer;
    this.jitter = jitter;
    this.outbox = outbox;
  }

  PeerId peer() {
    return peer;
  }

  Link link() {
    return link;
  }

  /// Says how things stand, changed or not.
  void reportLink() {
    outbox.report(new PeerEvent.LinkChanged(peer, link));
  }

  boolean isClosed() {
    return phase instanceof Phase.Closed;
  }

  boolean isPunching() {
    return phase instanceof Phase.Punching;
  }

  boolean isOpen() {
    return phase instanceof Phase.Open || phase instanceof Phase.Moving;
  }

  Optional<Endpoint> path() {
    return switch (phase) {
      case Phase.Open(var path) -> Optional.of(path.address());
      case Phase.Moving(var path, _) -> Optional.of(path.address());
      case Phase.Asking(), Phase.Punching _, Phase.Closed() -> Optional.empty();
    };
  }

  /// Whether what comes from this address is for this chat.
  boolean owns(Endpoint from) {
    return switch (phase) {
      case Phase.Asking(), Phase.Closed() -> false;
      case Phase.Punching(var puncher) -> puncher.knows(from);
      case Phase.Open(var path) -> path.address().equals(from) || others.contains(from);
      case Phase.Moving(var path, var move) ->
          path.address().equals(from) || move.knows(from) || others.contains(from);
    };
  }

  /// Whether this is the peer's address by the word of the relay or the user, or by an open path.
  boolean isAt(Endpoint address) {
    return phase instanceof Phase.Punching(var puncher)
        ? puncher.isNamed(address)
        : path().filter(address::equals).isPresent();
  }

  /// Whether an unknown address is probably this peer behind another port.
  boolean mayBe(Endpoint from, Instant now) {
    return switch (phase) {
      case Phase.Asking(), Phase.Closed() -> false;
      case Phase.Punching(var puncher) -> puncher.mayBe(from);
      case Phase.Open(var path) ->
          path.isOverdue(now) && path.address().address().equals(from.address());
      case Phase.Moving(_, var move) -> move.mayBe(from);
    };
  }

  /// The address has turned out to be somebody else's.
  void release(Endpoint address) {
    others.remove(address);
    switch (phase) {
      case Phase.Punching(var puncher) -> puncher.release(address);
      case Phase.Moving(_, var move) -> move.release(address);
      case Phase.Asking(), Phase.Open _, Phase.Closed() -> {}
    }
  }

  /// Somebody who knows says that the peer is there.
  void named(Endpoint address, HolePuncher.Side side, Instant now) {
    switch (phase) {
      case Phase.Asking() -> {
        phase = new Phase.Punching(new HolePuncher(side, jitter, now));
        change(new Link.Punching());
        punch(new HolePuncher.Input.Named(address), now);
      }
      case Phase.Punching _ -> punch(new HolePuncher.Input.Named(address), now);
      case Phase.Open(var path) -> {
        if (path.address().equals(address)) {
          onPath(new OpenPath.Input.Probe(), now);
          settled();
        } else {
          phase = new Phase.Moving(path, new Move(new HolePuncher(side, jitter, now)));
          move(new Move.Input.Named(address), now);
        }
      }
      case Phase.Moving(var path, _) -> {
        if (!path.address().equals(address)) {
          move(new Move.Input.Named(address), now);
        }
      }
      case Phase.Closed() -> {}
    }
  }

  /// The peer has answered over this path already.
  void opened(HolePuncher.Output.Opened opened, Instant now) {
    OpenPath path = new OpenPath(opened.path(), opened.rtt(), jitter, now);
    others.addAll(opened.others());
    phase = new Phase.Open(path);
    change(path.link());
    settled();
  }

  void heard(Endpoint from, Message.BetweenPeers message, Instant now) {
    switch (phase) {
      case Phase.Asking(), Phase.Closed() -> {}
      case Phase.Punching _ -> punch(new HolePuncher.Input.Heard(from, message), now);
      case Phase.Open(var path) -> {
        if (path.address().equals(from)) {
          onPath(new OpenPath.Input.Heard(message), now);
        } else if (path.isOverdue(now)) {
          named(from, HolePuncher.Side.TARGET, now);
          heard(from, message, now);
        } else {
          beside(from, message, now);
        }
      }
      case Phase.Moving(var path, var move) -> {
        if (path.address().equals(from)) {
          onPath(new OpenPath.Input.Heard(message), now);
          move(new Move.Input.OldPathHeard(), now);
        } else if (move.knows(from) || !others.contains(from)) {
          move(new Move.Input.Heard(from, message), now);
        } else {
          beside(from, message, now);
        }
      }
    }
  }

  /// The peer itself, but not over the path in use: it may still be punching.
  private void beside(Endpoint from, Message.BetweenPeers message, Instant now) {
    switch (message) {
      case Ping() -> outbox.send(from, new Pong());
      case Pong() -> {}
      case DirectMessage _, Goodbye() -> onPath(new OpenPath.Input.Heard(message), now);
    }
  }

  void say(String text) {
    path().ifPresent(to -> Texts.split(text).forEach(message -> outbox.send(to, message)));
  }

  void measure(Instant now) {
    onPath(new OpenPath.Input.Measure(), now);
  }

  void refused(Link.Reason reason) {
    if (phase instanceof Phase.Asking) {
      close(reason);
    }
  }

  /// Twice, because nothing answers a goodbye and one of them may be lost.
  void hangUp() {
    List<Endpoint> listeners =
        phase instanceof Phase.Punching(var puncher)
            ? puncher.heardFrom()
            : path().stream().toList();
    for (Endpoint listener : listeners) {
      outbox.send(listener, new Goodbye());
      outbox.send(listener, new Goodbye());
    }
    close(Link.Reason.HUNG_UP);
  }

  /// Ends here without a word to the peer.
  void close(Link.Reason reason) {
    phase = new Phase.Closed();
    change(new Link.Closed(reason));
    settled();
  }

  void tick(Instant now) {
    switch (phase) {
      case Phase.Asking(), Phase.Closed() -> {}
      case Phase.Punching _ -> punch(new HolePuncher.Input.Tick(), now);
      case Phase.Open _ -> onPath(new OpenPath.Input.Tick(), now);
      case Phase.Moving _ -> {
        onPath(new OpenPath.Input.Tick(), now);
        move(new Move.Input.Tick(), now);
      }
    }
  }

  Instant wakeAt() {
    return switch (phase) {
      case Phase.Asking(), Phase.Closed() -> Instant.MAX;
      case Phase.Punching(var puncher) -> puncher.wakeAt();
      case Phase.Open(var path) -> path.wakeAt();
      case Phase.Moving(var path, var move) -> Times.earlier(path.wakeAt(), move.wakeAt());
    };
  }

  private void punch(HolePuncher.Input input, Instant now) {
    if (!(phase instanceof Phase.Punching(var puncher))) {
      return;
    }
    for (HolePuncher.Output output : puncher.handle(input, now)) {
      switch (output) {
        case HolePuncher.Output.Send(var to, var message) -> outbox.send(to, message);
        case HolePuncher.Output.Said(var text) -> said(text);
        case HolePuncher.Output.AskAgain() -> askAgain();
        case HolePuncher.Output.Opened opened -> opened(opened, now);
        case HolePuncher.Output.GaveUp() -> close(Link.Reason.NEVER_ANSWERED);
      }
    }
  }

  private void onPath(OpenPath.Input input, Instant now) {
    OpenPath path =
        switch (phase) {
          case Phase.Open(var open) -> open;
          case Phase.Moving(var old, _) -> old;
          case Phase.Asking(), Phase.Punching _, Phase.Closed() -> null;
        };
    if (path == null) {
      return;
    }
    for (OpenPath.Output output : path.handle(input, now)) {
      switch (output) {
        case OpenPath.Output.Send(var message) -> outbox.send(path.address(), message);
        case OpenPath.Output.Said(var text) -> said(text);
        case OpenPath.Output.Measured(var rtt) -> outbox.report(new PeerEvent.Measured(peer, rtt));
        case OpenPath.Output.Changed(Link.Closed(var reason)) -> pathClosed(reason, now);
        case OpenPath.Output.Changed(var changed) -> {
          link = changed;
          reportLink();
        }
      }
    }
  }

  /// A peer that is moving may well have said goodbye, or fallen silent, at its old address.
  private void pathClosed(Link.Reason reason, Instant now) {
    if (!(phase instanceof Phase.Moving(_, var move))) {
      close(reason);
      return;
    }
    Optional<HolePuncher> unfinished = move.unfinished();
    if (unfinished.isPresent()) {
      phase = new Phase.Punching(unfinished.get());
      change(new Link.Punching());
      punch(new HolePuncher.Input.Tick(), now);
    } else {
      move(new Move.Input.OldPathDied(), now);
    }
  }

  private void move(Move.Input input, Instant now) {
    if (!(phase instanceof Phase.Moving(var path, var move))) {
      return;
    }
    for (Move.Output output : move.handle(input, now)) {
      switch (output) {
        case Move.Output.Send(var to, var message) -> outbox.send(to, message);
        case Move.Output.Said(var text) -> said(text);
        case Move.Output.AskAgain() -> askAgain();
        case Move.Output.ProbeOldPath() -> onPath(new OpenPath.Input.Probe(), now);
        case Move.Output.Moved(var opened) -> {
          others.clear();
          opened(opened, now);
        }
        case Move.Output.Stayed() -> {
          phase = new Phase.Open(path);
          settled();
        }
      }
    }
  }

  private void said(String text) {
    outbox.report(new PeerEvent.Said(peer, text));
  }

  private void askAgain() {
    if (peer instanceof PeerId.Named(var name)) {
      outbox.tellRelay(new RelaySession.Input.Ask(name));
    }
  }

  private void settled() {
    if (peer instanceof PeerId.Named(var name)) {
      outbox.tellRelay(new RelaySession.Input.Forget(name));
      outbox.tellRelay(new RelaySession.Input.Settled(name));
    }
  }

  private void change(Link changed) {
    if (!changed.equals(link)) {
      link = changed;
      reportLink();
    }
  }
}
