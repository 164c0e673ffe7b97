package dev.knothole.client.peer;

import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.RelayTalk;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The wish to talk to somebody, from the first question to the relay until there is a circuit, or
/// until it is clear that there will be none.
final class Wish {
  /// A relay answers within this time, or does not work.
  static final Duration ASKING = Duration.ofSeconds(10);

  /// A person may be at the kettle.
  static final Duration RINGING = Duration.ofMinutes(2);

  /// After a yes of ours the circuit is there within a round trip.
  static final Duration ACCEPTED = Duration.ofSeconds(10);

  /// How long an answer of the relay is doubted that may change by itself, and how often it is
  /// asked for meanwhile.
  static final Duration DOUBT = Duration.ofSeconds(6);

  static final Duration DOUBTFULLY = Duration.ofMillis(500);
  static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private final Username peer;
  private final CallDesk desk;
  private Link link = new Link.Asking();
  private Instant until;
  private Instant askAgain;
  private Instant plainSince = Instant.MAX;
  private boolean plainTold;
  private Instant notFoundSince = Instant.MAX;

  Wish(Username peer, CallDesk desk, Instant now) {
    this.peer = peer;
    this.desk = desk;
    until = now.plus(ASKING);
    askAgain = now;
  }

  /// How it stands, as the user sees it.
  Link link() {
    return link;
  }

  /// The peer has been asked.
  void ringing(Instant now) {
    link = new Link.Ringing();
    until = now.plus(RINGING);
    askAgain = Instant.MAX;
  }

  /// It was the peer who called, and we have said yes.
  void accepted(Instant now) {
    link = new Link.Punching();
    until = now.plus(ACCEPTED);
    askAgain = Instant.MAX;
  }

  /// The relay knows the peer from the open dialect only. A client of ours that has just come is
  /// known so for a moment, so this is believed only after a while, and asked again even then.
  void plainOnly(Instant now) {
    if (link instanceof Link.Ringing) {
      return;
    }
    plainSince = Times.earlier(plainSince, now);
    boolean isBelieved = Times.isDue(plainSince.plus(DOUBT), now);
    until = Instant.MAX;
    askAgain = now.plus(isBelieved ? ASK_AGAIN : DOUBTFULLY);
    if (isBelieved && !plainTold) {
      plainTold = true;
      desk.report(new PeerEvent.PlainOnly(peer));
    }
  }

  /// The relay says no. That nobody is there is doubted while others may still be on their way to
  /// the relay, as we were.
  ///
  /// @return why it has ended, if it has
  Optional<Link.Reason> refused(Link.Reason reason, Instant now) {
    if (reason != Link.Reason.NOT_FOUND) {
      return Optional.of(reason);
    }
    if (link instanceof Link.Ringing) {
      return Optional.of(Link.Reason.NOT_ANSWERED);
    }
    notFoundSince = Times.earlier(notFoundSince, now);
    if (!desk.relayIsFresh(now) || Times.isDue(notFoundSince.plus(DOUBT), now)) {
      return Optional.of(reason);
    }
    until = Times.earlier(until, now.plus(ASKING));
    askAgain = now.plus(DOUBTFULLY);
    return Optional.empty();
  }

  /// Asks the relay when it is time to.
  ///
  /// @return why it has ended, if it has
  Optional<Link.Reason> tick(Instant now) {
    if (Times.isDue(until, now)) {
      return Optional.of(
          switch (link) {
            case Link.Asking _ -> Link.Reason.NO_RELAY;
            case Link.Ringing _ -> Link.Reason.NOT_ANSWERED;
            default -> Link.Reason.NEVER_ANSWERED;
          });
    }
    if (Times.isDue(askAgain, now)) {
      desk.say(new RelayTalk.Call(peer));
      askAgain = now.plus(ASK_AGAIN);
    }
    return Optional.empty();
  }

  Instant wakeAt() {
    return Times.earlier(until, askAgain);
  }
}
