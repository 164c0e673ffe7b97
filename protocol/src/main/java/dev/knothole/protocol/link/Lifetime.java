package dev.knothole.protocol.link;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From the first packet of a connection to its last: how long its handshake may take, how long its
/// peer may be silent then, and whether it is ending.
final class Lifetime {
  private static final long NEVER = Long.MAX_VALUE;

  /// So long after the last packet a connection is taken for idle, and what only traffic needs is
  /// given back: half of its memory, and all that a burst has taken.
  private static final long REST_AFTER_NANOS = 1_000_000_000;

  private final long idleTimeout;
  private final long handshakeUntil;
  private long activeAt;
  private boolean sentSinceHeard;
  private long askedAt;
  private long heardAt;
  private long lastPacketAt;
  private boolean resting;
  private boolean connected;
  private @Nullable Ending ending;

  Lifetime(LinkOptions options, long now) {
    idleTimeout = options.idleTimeout().toNanos();
    handshakeUntil = now + options.handshakeTimeout().toNanos();
    activeAt = now;
    askedAt = now;
    heardAt = now;
    lastPacketAt = now;
  }

  /// Both ends are authenticated to each other.
  void connected() {
    connected = true;
  }

  boolean isConnected() {
    return connected;
  }

  /// A packet of the authenticated peer came.
  void heard(long now) {
    activeAt = now;
    heardAt = now;
    sentSinceHeard = false;
    notePacket(now);
  }

  /// Something was sent: the peer's silence counts from the first that it has not answered (RFC
  /// 9000, section 10.1).
  void sent(long now) {
    if (!sentSinceHeard) {
      activeAt = now;
      sentSinceHeard = true;
    }
    notePacket(now);
  }

  /// Something was sent that the peer owes an answer to, and nothing else like it was under way.
  void asked(long now) {
    askedAt = now;
  }

  /// Since when the peer has let an answer wait, if it owes one.
  long unansweredSince() {
    return Math.max(askedAt, heardAt);
  }

  private void notePacket(long now) {
    lastPacketAt = now;
    resting = false;
  }

  /// When there was no packet for so long that what only traffic needs can be given back.
  long restAt() {
    return resting || !connected ? NEVER : lastPacketAt + REST_AFTER_NANOS;
  }

  /// It has been given back.
  void resting() {
    resting = true;
  }

  /// Ends it.
  ///
  /// @param telling whether the peer is to hear of it
  /// @return false if it had ended before
  boolean end(CloseReason reason, boolean telling, long now) {
    if (ending != null) {
      return false;
    }
    ending = new Ending(reason, telling, now);
    return true;
  }

  /// How it ends, or null.
  @Nullable Ending ending() {
    return ending;
  }

  /// Why it is over.
  Optional<CloseReason> reason() {
    return Optional.ofNullable(ending).map(Ending::reason);
  }

  /// Why nothing is to be hoped for any more, or null.
  @Nullable CloseReason givenUp(long now) {
    if (now < deadline()) {
      return null;
    }
    return CloseReason.silence(
        connected ? "nothing was heard for too long" : "no answer, or the handshake took too long");
  }

  /// When it is given up, if nothing happens before.
  long deadline() {
    if (!connected) {
      return handshakeUntil;
    }
    return idleTimeout == 0 ? NEVER : activeAt + idleTimeout;
  }

  /// Whether nothing of it is left.
  boolean isOver(long now) {
    return ending != null && now >= ending.until();
  }
}
