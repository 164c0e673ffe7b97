package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.HandshakeFailure;
import dev.knothole.protocol.link.stream.Priority;
import dev.knothole.protocol.link.stream.StreamEvent;
import dev.knothole.protocol.talk.RelayTalk;
import dev.knothole.protocol.talk.TalkJson;
import dev.knothole.protocol.talk.TalkStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Our link to the relay in use. [RelaySession] says when to dial, and hears what comes of it.
///
/// A relay that was started again knows nothing of the link, and cannot say so. So a link that
/// leaves a question unanswered for longer than packets get lost is given up when it is dialled
/// again, and another one begun.
final class RelayLine implements Lines.Owner {
  /// Longer than half a dozen lost packets take.
  private static final Duration UNANSWERED = Duration.ofSeconds(4);

  /// On our own machine nothing is lost, and a relay moves from program to program.
  private static final Duration UNANSWERED_LOOPBACK = Duration.ofSeconds(1);

  /// Whoever was at a relay that was started anew, or moved, is back within this time.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Lines lines;
  private final Outbox outbox;
  private final BiConsumer<RelayTalk.FromRelay, Instant> calls;
  private final Map<Endpoint, Fingerprint> pins = new HashMap<>();
  private int signIns;
  private Instant signedInAt = Instant.EPOCH;
  private @Nullable Endpoint relay;
  private @Nullable Username name;
  private @Nullable Fingerprint shown;
  private @Nullable Connection connection;
  private @Nullable TalkStream<RelayTalk> talk;

  /// @param calls who hears what the relay says of calls
  RelayLine(Lines lines, Outbox outbox, BiConsumer<RelayTalk.FromRelay, Instant> calls) {
    this.lines = lines;
    this.outbox = outbox;
    this.calls = calls;
  }

  /// What this relay has to prove to hold from now on.
  void pin(Endpoint address, Fingerprint key) {
    pins.put(address, key);
  }

  /// Asks the relay for a sign of life, or for the name, beginning a link if there is none.
  void dial(Endpoint address, Username asked, Instant now) {
    var current = connection;
    if (current != null && (!address.equals(relay) || isUnanswered(current, now))) {
      hangUp();
      current = null;
    }
    boolean renamed = !asked.equals(name);
    relay = address;
    name = asked;
    if (current == null) {
      shown = null;
      connection = lines.connect(new Carriage.Straight(address), this::accepts, this, now);
    } else if (talk != null && renamed) {
      say(new RelayTalk.SignIn(asked));
    } else if (talk != null) {
      current.ping();
    }
  }

  private boolean isUnanswered(Connection link, Instant now) {
    var since = link.unansweredSince();
    var patience = isLoopback() ? UNANSWERED_LOOPBACK : UNANSWERED;
    return since.isPresent() && Lines.nanos(now) - since.getAsLong() > patience.toNanos();
  }

  private boolean isLoopback() {
    return relay != null && relay.address().isLoopbackAddress();
  }

  /// Whether others may still be on their way to the relay: one on our own machine moves with the
  /// program that hosts it, and any that we had to come back to may have been started anew.
  boolean isFresh(Instant now) {
    boolean mayBeNew = isLoopback() || signIns > 1;
    return mayBeNew && !Times.isDue(signedInAt.plus(FRESH), now);
  }

  private boolean accepts(Fingerprint key) {
    shown = key;
    var pinned = relay == null ? null : pins.get(relay);
    return pinned == null || pinned.equals(key);
  }

  void hangUp() {
    if (connection != null) {
      lines.close(connection, CloseReason.CODE_APPLICATION, "not needed any more");
    }
    connection = null;
    talk = null;
  }

  Optional<Endpoint> relay() {
    return Optional.ofNullable(relay);
  }

  /// Lost when there is no link.
  void say(RelayTalk.ToRelay message) {
    if (talk != null) {
      talk.send(message);
    }
  }

  @Override
  public void heard(Connection from, LinkEvent event, Instant now) {
    if (from != connection) {
      return;
    }
    switch (event) {
      case LinkEvent.Connected(var key) -> connected(from, key);
      case LinkEvent.OfStream(StreamEvent.Arrived _) -> arrived(now);
      case LinkEvent.OfStream(StreamEvent.RoomToWrite _) -> flush();
      case LinkEvent.Pong _ -> outbox.tellRelay(new RelaySession.Input.LineAnswered());
      case LinkEvent.Closed(var reason) -> closed(reason);
      case LinkEvent.OfStream _,
          LinkEvent.RoomForStreams _,
          LinkEvent.Datagram _,
          LinkEvent.PathValidated _,
          LinkEvent.PathFailed _,
          LinkEvent.PathSeen _,
          LinkEvent.PathUsed _,
          LinkEvent.PathRebound _ -> {}
    }
  }

  private void connected(Connection link, Fingerprint key) {
    if (relay != null && !isLoopback() && !pins.containsKey(relay)) {
      pins.put(relay, key);
      outbox.tellRelay(new RelaySession.Input.Pinned(relay));
      outbox.report(new PeerEvent.RelayPinned(relay, key));
    }
    var stream = link.open(Priority.URGENT);
    if (stream.isPresent() && name != null) {
      talk = new TalkStream<>(TalkJson.RELAY, link, stream.getAsLong());
      say(new RelayTalk.SignIn(name));
    }
  }

  private void flush() {
    if (talk != null) {
      talk.flush();
    }
  }

  private void arrived(Instant now) {
    try {
      while (talk != null) {
        var message = talk.next();
        if (message.isEmpty()) {
          return;
        }
        if (message.get() instanceof RelayTalk.FromRelay said) {
          said(said, now);
        }
      }
    } catch (MalformedMessage e) {
      hangUp();
      outbox.tellRelay(new RelaySession.Input.LineLost());
    }
  }

  private void said(RelayTalk.FromRelay message, Instant now) {
    outbox.tellRelay(new RelaySession.Input.LineAnswered());
    switch (message) {
      case RelayTalk.SignedIn(var username, var address) when username.equals(name) -> {
        signIns++;
        signedInAt = now;
        outbox.tellRelay(new RelaySession.Input.SignedIn(address));
      }
      case RelayTalk.NameTaken(var username) when username.equals(name) ->
          outbox.tellRelay(new RelaySession.Input.NameTaken());
      case RelayTalk.Moved(var address) -> outbox.tellRelay(new RelaySession.Input.SeenAt(address));
      default -> {}
    }
    calls.accept(message, now);
  }

  private void closed(CloseReason reason) {
    connection = null;
    talk = null;
    if (reason.by() == CloseReason.By.PEER && reason.code() == RelayTalk.SUPERSEDED) {
      outbox.tellRelay(new RelaySession.Input.Superseded());
      return;
    }
    boolean isOther = reason.code() == CloseReason.code(HandshakeFailure.WRONG_PEER);
    outbox.tellRelay(
        isOther && reason.by() == CloseReason.By.US && shown != null
            ? new RelaySession.Input.KeyChanged(shown)
            : new RelaySession.Input.LineLost());
  }
}
