package dev.knothole.client.app;

import dev.knothole.protocol.talk.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The other side of a private chat: what waits for it, what it wants to be told, and when it is to
/// be reached again.
final class Correspondent {
  /// What waits for a peer that is not there is tried again so often.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));

  final Mailbox mailbox = new Mailbox();

  /// Whether there is a link, to who holds the right key.
  boolean linked;

  boolean wantsReads;
  boolean wantsTyping;

  /// When we last told that we type.
  Instant typedAt = Instant.EPOCH;

  int tries;
  Instant tryAgain = Instant.MAX;

  /// The newest of its messages that was shown and not told to be read.
  Optional<MessageId> lastRead = Optional.empty();

  void tryLater(Instant now) {
    tryAgain = now.plus(PAUSES.get(Math.min(tries, PAUSES.size() - 1)));
    tries++;
  }
}
