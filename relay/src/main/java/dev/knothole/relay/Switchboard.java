package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Who of the clients with a link has which name, who calls whom, and what goes through which
/// circuit.
///
/// **Names.** A name belongs to the key that signed in with it first ([NameBook]). Its newest link
/// holds it; an earlier link of the same key is closed. A client with a name in the open dialect
/// only loses it to a key.
///
/// **Calls.** The one called learns the caller's name and key, and neither learns an address. Only
/// after a yes do both get a circuit. Two that call each other have both said yes. A call to nobody
/// and one beyond the rates get the same answer, so it tells nothing.
///
/// **Circuits.** See [Bridges].
///
/// Pure but for the links of its sessions, which it says things over.
final class Switchboard {
  /// A person may be at the kettle.
  static final Duration RINGING = Duration.ofMinutes(2);

  /// Of one client, by the minute; whoever it has a circuit with counts no more.
  static final int MAX_CALLS = 10;

  static final int MAX_CALLED = 30;

  /// Calls and circuits that one client may have at a time.
  static final int MAX_PENDING = 64;

  /// The open dialect's side of the relay.
  interface Plain {
    /// How somebody of this name is reached, who is registered in the open dialect.
    Optional<Gate> find(Username name);

    /// Takes the name from whoever is registered with it in the open dialect.
    void forget(Username name);

    /// Tells where a peer is.
    void introduce(Gate to, Username peer, Endpoint address);

    void notFound(Gate to);
  }

  private final NameBook names;
  private final Rendezvous.Limits limits;
  private final Plain plain;
  private final RandomGenerator random;
  private final Map<Username, ClientSession> holders = new HashMap<>();
  private final Map<Endpoint, ClientSession> byAddress = new HashMap<>();
  private final Map<Long, Call> calls = new LinkedHashMap<>();

  private final Bridges bridges;

  Switchboard(NameBook names, Rendezvous.Limits limits, Plain plain, RandomGenerator random) {
    this.names = names;
    this.limits = limits;
    this.plain = plain;
    this.random = random;
    bridges = new Bridges(random);
  }

  /// How many have signed in.
  int size() {
    return holders.size();
  }

  int circuits() {
    return bridges.size();
  }

  boolean holds(Username name) {
    return holders.containsKey(name);
  }

  /// Whether a key owns it, so that the open dialect cannot have it.
  boolean isOwned(Username name, Instant now) {
    return names.owner(name, now).isPresent();
  }

  TokenBucket allowance(Instant now) {
    return new TokenBucket(
        limits.circuitBytesPerSecond(), limits.circuitBurst(), Bridges.nanos(now));
  }

  // Sessions

  void heard(ClientSession session, RelayTalk.ToRelay message, Instant now) {
    switch (message) {
      case RelayTalk.SignIn(var name) -> signIn(session, name, now);
      case RelayTalk.Call(var name) -> call(session, name, now);
      case RelayTalk.Accept(var number) -> accept(session, number, now);
      case RelayTalk.Reject(var number) -> reject(session, number);
      case RelayTalk.HangUp(var circuit) -> bridges.hangUp(session, circuit);
      case RelayTalk.CallPlainly(var name) -> callPlainly(session, name);
    }
  }

  private void signIn(ClientSession session, Username name, Instant now) {
    if (!names.claim(name, session.key, now)) {
      session.say(new RelayTalk.NameTaken(name));
      return;
    }
    if (session.name().filter(name::equals).isEmpty()) {
      release(session);
      var earlier = holders.get(name);
      if (earlier != null) {
        leave(earlier);
        earlier.connection.closeWhenFlushed(RelayTalk.SUPERSEDED, "signed in again elsewhere");
      }
      plain.forget(name);
      holders.put(name, session);
      session.name(name);
    }
    byAddress.put(session.gate().address(), session);
    session.say(new RelayTalk.SignedIn(name, session.gate().address()));
  }

  /// The client is reached at another address now.
  void moved(ClientSession session, Gate before) {
    byAddress.remove(before.address(), session);
    if (session.name().isPresent()) {
      byAddress.put(session.gate().address(), session);
      session.say(new RelayTalk.Moved(session.gate().address()));
    }
  }

  /// The link has ended.
  void leave(ClientSession session) {
    release(session);
    byAddress.values().removeIf(session::equals);
  }

  /// Gives up the name, with all that others know it for.
  private void release(ClientSession session) {
    session.name().ifPresent(name -> holders.remove(name, session));
    List.copyOf(session.outgoing.values()).forEach(call -> end(call, true));
    for (var call : List.copyOf(session.incoming.values())) {
      notFound(call.caller(), session);
      end(call, false);
    }
    for (var bridge : List.copyOf(session.bridges)) {
      bridges.hangUp(session, bridge.circuit);
    }
    session.name(null);
  }

  private void notFound(Call.Caller caller, ClientSession target) {
    switch (caller) {
      case Call.Caller.Sealed(var session, _) ->
          target.name().ifPresent(name -> session.say(new RelayTalk.NotFound(name)));
      case Call.Caller.Plain(var gate, _) -> plain.notFound(gate);
    }
  }

  // Calls

  private void call(ClientSession caller, Username name, Instant now) {
    var self = caller.name();
    var target = holders.get(name);
    if (self.isEmpty() || target == caller) {
      caller.say(new RelayTalk.NotFound(name));
    } else if (target == null) {
      boolean isPlain = plain.find(name).isPresent();
      caller.say(isPlain ? new RelayTalk.PlainOnly(name) : new RelayTalk.NotFound(name));
    } else {
      call(caller, self.get(), target, name, now);
    }
  }

  private void call(
      ClientSession caller, Username self, ClientSession target, Username name, Instant now) {
    var back = target.outgoing.get(self);
    if (back != null) {
      end(back, false);
      bridges.connect(target, caller, now);
      return;
    }
    var pending = caller.outgoing.get(name);
    if (pending == null) {
      if (!mayCall(caller, target, now)) {
        caller.say(new RelayTalk.NotFound(name));
        return;
      }
      pending = begin(new Call.Caller.Sealed(caller, self), target, now);
      caller.outgoing.put(name, pending);
    }
    target.say(new RelayTalk.Calling(pending.number(), self, caller.key));
    caller.say(new RelayTalk.Ringing(name));
  }

  private boolean mayCall(ClientSession caller, ClientSession target, Instant now) {
    if (caller.bridgeTo(target).isPresent()) {
      return caller.outgoing.size() < MAX_PENDING;
    }
    boolean may =
        caller.calling.allows(now)
            && target.called.allows(now)
            && caller.outgoing.size() < MAX_PENDING
            && target.incoming.size() < MAX_PENDING;
    if (may) {
      caller.calling.count(now);
      target.called.count(now);
    }
    return may;
  }

  private Call begin(Call.Caller caller, ClientSession target, Instant now) {
    long number = random.nextLong() >>> 1;
    var call = new Call(number, caller, target, now.plus(RINGING));
    calls.put(number, call);
    target.incoming.put(number, call);
    return call;
  }

  /// @param telling whether the one called is told that there is nothing to answer any more
  private void end(Call call, boolean telling) {
    calls.remove(call.number());
    call.target().incoming.remove(call.number());
    if (call.caller() instanceof Call.Caller.Sealed(var session, _)) {
      session.outgoing.values().remove(call);
    }
    if (telling) {
      call.target().say(new RelayTalk.CallEnded(call.number()));
    }
  }

  private void accept(ClientSession target, long number, Instant now) {
    var call = target.incoming.get(number);
    if (call == null) {
      target.say(new RelayTalk.CallEnded(number));
      return;
    }
    end(call, false);
    switch (call.caller()) {
      case Call.Caller.Sealed(var caller, _) -> bridges.connect(caller, target, now);
      case Call.Caller.Plain(var gate, var name) ->
          target
              .name()
              .ifPresent(
                  self -> {
                    plain.introduce(gate, self, target.gate().address());
                    target.say(new RelayTalk.IntroducedPlainly(name, gate.address(), false));
                  });
    }
  }

  private void reject(ClientSession target, long number) {
    var call = target.incoming.get(number);
    if (call == null) {
      return;
    }
    end(call, false);
    switch (call.caller()) {
      case Call.Caller.Sealed(var caller, _) ->
          target.name().ifPresent(name -> caller.say(new RelayTalk.Rejected(name)));
      case Call.Caller.Plain(var gate, _) -> plain.notFound(gate);
    }
  }

  private void callPlainly(ClientSession caller, Username name) {
    var self = caller.name();
    var gate = plain.find(name);
    boolean canReach =
        gate.isPresent() && gate.get().address().isIpv6() == caller.gate().address().isIpv6();
    if (self.isEmpty() || !canReach) {
      caller.say(new RelayTalk.NotFound(name));
      return;
    }
    plain.introduce(gate.get(), self.get(), caller.gate().address());
    caller.say(new RelayTalk.IntroducedPlainly(name, gate.get().address(), true));
  }

  /// Somebody of the open dialect asks for a name that is held over a link.
  void calledPlainly(Gate from, Username caller, Username name, Instant now) {
    var target = holders.get(name);
    boolean canReach =
        target != null && target.gate().address().isIpv6() == from.address().isIpv6();
    if (!canReach || target == null) {
      plain.notFound(from);
      return;
    }
    for (var call : target.incoming.values()) {
      if (call.caller() instanceof Call.Caller.Plain(var gate, _) && gate.equals(from)) {
        return;
      }
    }
    if (!target.called.allows(now) || target.incoming.size() >= MAX_PENDING) {
      plain.notFound(from);
      return;
    }
    target.called.count(now);
    var call = begin(new Call.Caller.Plain(from, caller), target, now);
    target.say(new RelayTalk.CallingPlainly(call.number(), caller));
  }

  /// Where a circuit's datagram goes.
  Bridges.Passage pass(byte[] datagram, Endpoint from, Instant now) {
    return bridges.pass(datagram, byAddress.get(from), now);
  }

  // Time

  void tick(Instant now) {
    for (var call : dueCalls(now)) {
      notFound(call.caller(), call.target());
      end(call, true);
    }
    bridges.tick(now);
  }

  private List<Call> dueCalls(Instant now) {
    var due = new ArrayList<Call>();
    for (var call : calls.values()) {
      if (now.isBefore(call.until())) {
        break;
      }
      due.add(call);
    }
    return due;
  }

  Instant wakeAt() {
    var wake = calls.isEmpty() ? Instant.MAX : calls.values().iterator().next().until();
    var idle = bridges.wakeAt();
    return idle.isBefore(wake) ? idle : wake;
  }
}
