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
/// addresses, and a chat opens only after our ping was answered. Of several behind one IP
/// address only one is pinged at a time, or an answer could belong to the ping to another (see
/// [HolePuncher]).
final class Strangers {
  /// Beyond it newcomers wait until one of these has opened or expired.
  static final int MAX_STRANGERS = 32;

  static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

  /// How long a stranger remains one while we are at a relay: an introduction with a name beats an
  /// address.
  static final Duration INTRODUCTION_WITHIN = Duration.ofSeconds(1);

  /// What a stranger says before the chat is open, which is a moment.
  static final int MAX_TEXTS = 8;

  /// Longer than nearly every round trip.
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

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
    if (opensAChat(message) && !stranger.answered && mayPing(from, now)) {
      stranger.pinged = now;
      outputs.add(new Output.Send(from, new Ping()));
    }
    outputs.addAll(tick(now));
    return outputs;
  }

  private static boolean opensAChat(Message.BetweenPeers message) {
    return message instanceof Ping || message instanceof DirectMessage;
  }

  private boolean mayPing(Endpoint from, Instant now) {
    return strangers.entrySet().stream()
        .filter(other -> other.getKey().address().equals(from.address()))
        .allMatch(other -> Times.isDue(other.getValue().pinged.plus(ANSWERS_WITHIN), now));
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
    Instant pinged = Instant.EPOCH;
    boolean answered;
    Optional<Duration> rtt = Optional.empty();

    Stranger(Instant now, Duration patience) {
      this.since = now;
      this.patientUntil = now.plus(patience);
    }

    void pong(Instant now) {
      if (!answered && now.isBefore(pinged.plus(ANSWERS_WITHIN))) {
        answered = true;
        rtt = Optional.of(Duration.between(pinged, now));
      }
    }

    void said(DirectMessage said) {
      if (!said.equals(DirectMessage.PUNCH) && texts.size() < MAX_TEXTS) {
        texts.add(said.content());
      }
    }

    Instant opensAt() {
      return answered ? patientUntil : Instant.MAX;
    }

    Instant expires() {
      return since.plus(FORGOTTEN_AFTER);
    }
  }
}
