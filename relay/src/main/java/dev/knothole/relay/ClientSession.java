package dev.knothole.relay;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.talk.RelayTalk;
import dev.knothole.protocol.talk.TalkStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client at the other end of a link, and all that is under way with it.
final class ClientSession {
  final Connection connection;
  final Fingerprint key;
  final TalkStream<RelayTalk> talk;
  final TokenBucket allowance;
  final CallRate calling;
  final CallRate called;
  final Set<Bridge> bridges = new LinkedHashSet<>();

  /// Calls that it makes, by whom it calls.
  final Map<Username, Call> outgoing = new LinkedHashMap<>();

  /// Calls that it has to answer, by their number.
  final Map<Long, Call> incoming = new LinkedHashMap<>();

  private @Nullable Username name;

  ClientSession(
      Connection connection,
      Fingerprint key,
      TalkStream<RelayTalk> talk,
      TokenBucket allowance,
      CallRate calling,
      CallRate called) {
    this.connection = connection;
    this.key = key;
    this.talk = talk;
    this.allowance = allowance;
    this.calling = calling;
    this.called = called;
  }

  Optional<Username> name() {
    return Optional.ofNullable(name);
  }

  void name(@Nullable Username changed) {
    name = changed;
  }

  Gate gate() {
    return (Gate) connection.route();
  }

  void say(RelayTalk.FromRelay message) {
    talk.send(message);
  }

  /// The way to another client, if there is one.
  Optional<Bridge> bridgeTo(ClientSession other) {
    return bridges.stream().filter(bridge -> bridge.other(this) == other).findFirst();
  }
}
