package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.Circuit;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// All private chats, those that we want and those that others want.
///
/// Nobody who calls learns anything of us before the user, or who acts for the user, has said yes.
final class Calls {
  /// More than anybody talks to.
  static final int MAX_CALLS = 256;

  /// Callers that wait for an answer; the relay says again who calls again.
  static final int MAX_CALLERS = 64;

  private final Lines lines;
  private final CallDesk desk;
  private final Jitter jitter;
  private final SequencedMap<Username, PrivateCall> calls = new LinkedHashMap<>();
  private final SequencedMap<Username, Long> callers = new LinkedHashMap<>();

  Calls(Lines lines, CallDesk desk, Jitter jitter) {
    this.lines = lines;
    this.desk = desk;
    this.jitter = jitter;
  }

  boolean knows(Username peer) {
    return calls.containsKey(peer);
  }

  private Optional<PrivateCall> find(Username peer) {
    return Optional.ofNullable(calls.get(peer));
  }

  private Stream<PrivateCall> all() {
    return List.copyOf(calls.values()).stream();
  }

  // What the user wants

  /// Whoever is just calling is answered; there is no need to call back.
  void connect(Username peer, Instant now) {
    if (callers.containsKey(peer)) {
      accept(peer, now);
      return;
    }
    find(peer).ifPresentOrElse(PrivateCall::reportLink, () -> begin(peer, now).reportLink());
  }

  private PrivateCall begin(Username peer, Instant now) {
    if (calls.size() >= MAX_CALLS) {
      hangUp(calls.firstEntry().getKey());
    }
    var call = new PrivateCall(peer, lines, desk, jitter, now);
    calls.put(peer, call);
    return call;
  }

  void accept(Username peer, Instant now) {
    var number = callers.remove(peer);
    if (number != null) {
      find(peer).orElseGet(() -> begin(peer, now)).accepted(now);
      desk.say(new RelayTalk.Accept(number));
    }
  }

  void reject(Username peer) {
    var number = callers.remove(peer);
    if (number != null) {
      desk.say(new RelayTalk.Reject(number));
    }
  }

  void tell(Username peer, PeerTalk words, Instant now) {
    find(peer).ifPresent(call -> call.tell(words, now));
  }

  void measure(Username peer) {
    find(peer).ifPresent(PrivateCall::measure);
  }

  void hangUp(Username peer) {
    reject(peer);
    find(peer).ifPresent(PrivateCall::hangUp);
    calls.remove(peer);
  }

  void hangUpAll() {
    List.copyOf(calls.keySet()).forEach(this::hangUp);
  }

  /// Our addresses are others now.
  void moved(Instant now) {
    all().forEach(call -> call.moved(now));
  }

  // What the relay says

  /// We have just signed in.
  private void relayIsBack(Instant now) {
    callers.clear();
    all().forEach(call -> call.relayIsBack(now));
  }

  void heard(RelayTalk.FromRelay message, Instant now) {
    switch (message) {
      case RelayTalk.Ringing(var peer) -> find(peer).ifPresent(call -> call.ringing(now));
      case RelayTalk.NotFound(var peer) -> refused(peer, Link.Reason.NOT_FOUND, now);
      case RelayTalk.Rejected(var peer) -> refused(peer, Link.Reason.REJECTED, now);
      case RelayTalk.PlainOnly(var peer) -> find(peer).ifPresent(call -> call.plainOnly(now));
      case RelayTalk.Calling(var number, var peer, var key) -> {
        called(peer, number);
        desk.report(new PeerEvent.Calling(peer, key));
      }
      case RelayTalk.CallingPlainly(var number, var peer) -> {
        called(peer, number);
        desk.report(new PeerEvent.CallingPlainly(peer));
      }
      case RelayTalk.CallEnded(var number) -> ended(number);
      case RelayTalk.Introduced introduced -> introduced(introduced, now);
      case RelayTalk.HungUp(var circuit) ->
          all().filter(call -> call.uses(circuit)).forEach(PrivateCall::hungUp);
      case RelayTalk.SignedIn _ -> relayIsBack(now);
      case RelayTalk.NameTaken _, RelayTalk.Moved _, RelayTalk.IntroducedPlainly _ -> {}
    }
  }

  private void refused(Username peer, Link.Reason reason, Instant now) {
    find(peer).ifPresent(call -> call.refused(reason, now));
  }

  private void called(Username peer, long number) {
    callers.putLast(peer, number);
    if (callers.size() > MAX_CALLERS) {
      callers.pollFirstEntry();
    }
  }

  private void ended(long number) {
    for (var caller : List.copyOf(callers.entrySet())) {
      if (caller.getValue() == number) {
        callers.remove(caller.getKey());
        desk.report(new PeerEvent.CallEnded(caller.getKey()));
      }
    }
  }

  /// One that nobody here wants is not kept open.
  private void introduced(RelayTalk.Introduced news, Instant now) {
    callers.remove(news.username());
    find(news.username())
        .ifPresentOrElse(
            call -> call.introduced(news, now),
            () -> desk.say(new RelayTalk.HangUp(news.circuit())));
  }

  // What links say

  /// Whether this circuit leads to somebody. What comes over one that we have not been told of yet
  /// will be sent again; a link that it begins would be refused.
  boolean uses(Circuit circuit) {
    return calls.values().stream().anyMatch(call -> call.uses(circuit));
  }

  /// Whether somebody with this key was introduced to us.
  boolean expects(Fingerprint key) {
    return calls.values().stream().anyMatch(call -> call.expects(key));
  }

  /// A link that somebody has begun belongs to whoever was introduced over its circuit.
  void met(Connection connection, LinkEvent event, Instant now) {
    if (event instanceof LinkEvent.Connected) {
      all()
          .filter(call -> call.expects(connection))
          .findFirst()
          .ifPresentOrElse(
              call -> call.joined(connection, now),
              () -> lines.close(connection, CloseReason.CODE_REFUSED, "nobody expects you"));
    }
  }

  void tick(Instant now) {
    all().forEach(call -> call.tick(now));
    calls.values().removeIf(PrivateCall::isClosed);
  }

  Instant wakeAt() {
    return calls.values().stream().map(PrivateCall::wakeAt).reduce(Instant.MAX, Times::earlier);
  }

  /// Who waits for an answer of the relay in the open dialect.
  void forget(Username peer) {
    calls.remove(peer);
  }

  /// For the addresses that a call needs of its peer's network.
  static List<Endpoint> first(List<Endpoint> addresses) {
    return addresses.stream().distinct().limit(PeerTalk.Candidates.MAX).toList();
  }
}
