package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a chat's connection stands. The one truth about it, for the status bar and the chat alike.
public sealed interface Link {
  /// The relay was asked to introduce us and has not answered yet.
  record Asking() implements Link {}

  /// Both sides send to each other; nothing has come back yet.
  record Punching() implements Link {}

  /// An answer came back over this path.
  ///
  /// @param rtt the smoothed round-trip time, once a ping was answered
  record Open(Endpoint path, Optional<Duration> rtt) implements Link {}

  /// The path was open, and nothing has been heard since then for longer than is normal.
  record Silent(Endpoint path, Instant since) implements Link {}

  /// The relay has passed our wish on, and the peer has not said yes or no yet.
  record Ringing() implements Link {}

  /// There is a link to the peer, who has proven to hold this key; nobody else can read what goes
  /// over it.
  ///
  /// @param rtt the smoothed round-trip time of the way, once it is known
  record Private(Fingerprint key, Way way, Optional<Duration> rtt) implements Link {}

  /// A [Private] link whose peer owes us an answer for longer than is normal. What is said now goes
  /// out when it answers again.
  record Unanswered(Fingerprint key, Way way, Instant since) implements Link {}

  record Closed(Reason reason) implements Link {}

  /// Why a chat has no connection.
  enum Reason {
    /// Nobody of this name is registered at the relay.
    NOT_FOUND,
    /// The relay says that the peer is just being introduced to somebody else.
    BUSY,
    /// No relay answered the request for an introduction.
    NO_RELAY,
    /// Introduced, but nothing came through in [HolePuncher#GIVE_UP_AFTER].
    NEVER_ANSWERED,
    /// The peer was asked and does not want to talk.
    REJECTED,
    /// The peer was asked and did not say yes or no.
    NOT_ANSWERED,
    /// Who answered at the other end does not hold the key that the relay named: one of the two
    /// lies, or is somebody else.
    WRONG_KEY,
    /// The peer said goodbye.
    GOODBYE,
    /// Silent for so long that the peer counts as gone.
    GONE,
    /// Ended here.
    HUNG_UP
  }
}
