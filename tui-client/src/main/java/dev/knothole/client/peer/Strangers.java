package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Pong;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Those who speak to us out of the blue: somebody who typed our address, or whose introduction is
/// still on its way to us.
///
/// A forged source address must not make us a nuisance to whoever lives there. So we only ever
/// answer, with at most one `Pong` and one `Ping` for each datagram, to a bounded number of
/// addresses, and a chat opens only after our ping was answered.
final class Strangers {
  /// Beyond it newcomers wait until one of these has opened or expired.
  static final int MAX_STRANGERS = 32;

  static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

  /// How long a stranger remains one while we are at a relay: an introduction with a name beats an
  /// address.
  static final Duration INTRODUCTION_WITHIN = Duration.ofSeconds(1);

  /// What a stranger says before the chat is open, which is a moment.
  static final int MAX_TEXTS = 8;

  private static final Duration JUST_SENT = Duration.ofMillis(100);

  sealed interface Output {
    record Send(Endpoint to, Message.BetweenPeers message) implements Output {}

    /// The stranger is one no more.
    ///
    /// @param texts what it has said until now
    record Opened(Endpoint from, Optional<Duration> rtt, List<String> texts) implements Output {
      public Opened {
        texts = List.copyOf(texts);
      }
    }
  }

  private final SequencedMap<Endpoint, Stranger> strangers = new LinkedHashMap<>();

  /// @param patience how long to wait for an introduction before the chat opens
  List<Output> heard(Endpoint from, Message.BetweenPeers message, Duration patience, Instant now) {
    List<Output> outputs = new ArrayList<>();
    Stranger stranger = strangers.get(from);
    if (stranger == null && opensAChat(message) && strangers.size() < MAX_STRANGERS) {
      stranger = new Stranger(now, patience);
      strangers.put(from, stranger);
    }
    if (stranger == null) {
      return outputs;
    }
    switch (message) {
      case Ping() -> outputs.add(new Output.Send(from, new Pong()));
      case Pong() -> stranger.pong(now);
      case DirectMessage said -> stranger.said(said);
      case Goodbye() -> strangers.remove(from);
    }
    if (opensAChat(message) && stranger.mayPing(now)) {
      outputs.add(new Output.Send(from, new Ping()));
    }
    outputs.addAll(tick(now));
    return outputs;
  }

  private static boolean opensAChat(Message.BetweenPeers message) {
    return message instanceof Ping || message instanceof DirectMessage;
  }

  List<Output> tick(Instant now) {
    List<Output> opened = new ArrayList<>();
    strangers.forEach(
        (from, stranger) -> {
          if (Times.isDue(stranger.opensAt(), now)) {
            opened.add(new Output.Opened(from, stranger.rtt, stranger.texts));
          }
        });
    opened.forEach(output -> strangers.remove(((Output.Opened) output).from()));
    strangers.values().removeIf(stranger -> Times.isDue(stranger.expires(), now));
    return opened;
  }

  /// The stranger at this address now has a name, or was sought by us.
  ///
  /// @return what it has said until now
  List<String> remove(Endpoint address) {
    Stranger stranger = strangers.remove(address);
    return stranger == null ? List.of() : stranger.texts;
  }

  Instant wakeAt() {
    Instant wake = Instant.MAX;
    for (Stranger stranger : strangers.values()) {
      wake = Times.earlier(wake, Times.earlier(stranger.expires(), stranger.opensAt()));
    }
    return wake;
  }

  private static final class Stranger {
    final Instant since;
    final Instant patientUntil;
    final List<String> texts = new ArrayList<>();
    Instant lastSent = Instant.MIN;
    int sent;
    boolean answered;
    Optional<Duration> rtt = Optional.empty();

    Stranger(Instant now, Duration patience) {
      this.since = now;
      this.patientUntil = now.plus(patience);
    }

    void pong(Instant now) {
      if (sent == 1 && !answered) {
        rtt = Optional.of(Duration.between(lastSent, now));
      }
      answered |= sent > 0;
    }

    void said(DirectMessage said) {
      if (!said.equals(DirectMessage.PUNCH) && texts.size() < MAX_TEXTS) {
        texts.add(said.content());
      }
    }

    boolean mayPing(Instant now) {
      boolean may = !answered && lastSent.isBefore(now.minus(JUST_SENT));
      if (may) {
        sent++;
        lastSent = now;
      }
      return may;
    }

    Instant opensAt() {
      return answered ? patientUntil : Instant.MAX;
    }

    Instant expires() {
      return since.plus(FORGOTTEN_AFTER);
    }
  }
}
