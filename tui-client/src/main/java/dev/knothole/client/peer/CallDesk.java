package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Instant;
import java.util.Optional;

/// What a call needs of who keeps it.
interface CallDesk {
  void say(RelayTalk.ToRelay message);

  void report(PeerEvent event);

  Optional<Endpoint> relay();

  PeerTalk.Candidates candidates();

  /// Whether a peer may be there, and may be tried.
  boolean isReachable(Endpoint address);

  boolean relayOnly();

  /// Whether the relay may not know yet who will be there in a moment.
  boolean relayIsFresh(Instant now);
}
