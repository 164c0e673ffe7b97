package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Message.TargetBusy;
import dev.knothole.protocol.Message.TargetNotFound;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.stun.BindingResponse;
import dev.knothole.protocol.stun.Stun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Everything between us and the relay: [Registration] and [Introductions].
///
/// The relay knows one session per client, from the introduction until either side says
/// `SessionFinished`, and answers `TargetBusy` meanwhile. We say it once as soon as an introduction
/// has led to a path or to nothing, and before the next question. It may reach the relay after
/// somebody else was introduced to us and end *that* session. This is the least harm: both sides
/// have been told by then, and a requester who hears nothing asks again anyway. Waiting for a quiet
/// moment instead would keep both sides busy for everybody.
final class RelaySession {
  /// One for each chat there may be.
  private static final int MAX_INTRODUCED = 256;

  sealed interface Input {
    record Use(List<Endpoint> relays, boolean mayHost) implements Input {
      public Use {
        relays = List.copyOf(relays);
      }
    }

    record SignIn(Username name) implements Input {}

    /// Ask for an introduction, for the first time or again.
    record Ask(Username peer) implements Input {}

    /// No introduction is wanted any more.
    record Forget(Username peer) implements Input {}

    /// The introduction has led to a path, or to nothing.
    record Settled(Username peer) implements Input {}

    /// Something came from the relay's address.
    record Heard(byte[] datagram) implements Input {}

    record Tick() implements Input {}

    record SignOff() implements Input {}

    /// We may be reached elsewhere now.
    record NetworkChanged() implements Input {}

    /// The link to the relay gave a sign of life.
    record LineAnswered() implements Input {}

    /// The name is ours.
    ///
    /// @param address where the relay sees us
    record SignedIn(Endpoint address) implements Input {}

    /// The relay sees us elsewhere.
    record SeenAt(Endpoint address) implements Input {}

    /// The name is somebody else's.
    record NameTaken() implements Input {}

    /// The relay is not the one that was pinned.
    record KeyChanged(Fingerprint seen) implements Input {}

    /// The same key has signed in elsewhere.
    record Superseded() implements Input {}

    /// The link to the relay has ended, or did not begin.
    record LineLost() implements Input {}

    /// This relay speaks over a link, as the user remembers.
    record Pinned(Endpoint relay) implements Input {}
  }

  sealed interface Output {
    record Send(Endpoint relay, Message.ToRelay message) implements Output {}

    /// Ask over the link for a sign of life or for the name; begin a link if there is none.
    record Dial(Endpoint relay, Username name) implements Output {}

    record Changed(RelayState state) implements Output {}

    record NatChanged(NatState state) implements Output {}

    record Host() implements Output {}

    /// @param asked whether we had asked for it
    record Introduced(Username peer, Endpoint address, boolean asked) implements Output {}

    record Refused(Username peer, Link.Reason reason) implements Output {}

    /// What came from the relay was nothing a relay says.
    record Dropped() implements Output {}
  }

  private final int localPort;
  private final Registration registration;
  private final Introductions introductions = new Introductions();
  private final SequencedMap<Username, Instant> introduced = new LinkedHashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private @Nullable Username session;
  private NatState nat = new NatState.Unknown();

  RelaySession(Jitter jitter, int localPort) {
    this.localPort = localPort;
    this.registration = new Registration(jitter);
  }

  List<Output> handle(Input input, Instant now) {
    outputs.clear();
    switch (input) {
      case Input.Use(var relays, var mayHost) -> registration.use(relays, mayHost, outputs, now);
      case Input.SignIn(var name) -> registration.signIn(name, outputs, now);
      case Input.Ask(var peer) -> introductions.ask(peer, outputs, now);
      case Input.Forget(var peer) -> introductions.forget(peer);
      case Input.Settled(var peer) -> settled(peer);
      case Input.Heard(var datagram) -> heard(datagram, now);
      case Input.Tick() -> {}
      case Input.SignOff() -> signOff();
      case Input.NetworkChanged() -> registration.askNow(now);
      case Input.LineAnswered() -> registration.heard(outputs, now);
      case Input.SignedIn(var address) -> {
        registration.acknowledged(outputs, now);
        seenAt(address);
      }
      case Input.SeenAt(var address) -> seenAt(address);
      case Input.NameTaken() -> registration.refused(outputs);
      case Input.KeyChanged(var key) -> registration.keyChanged(key, outputs);
      case Input.Superseded() -> registration.superseded(outputs);
      case Input.LineLost() -> registration.lost(outputs, now);
      case Input.Pinned(var relay) -> {
        registration.pin(relay);
        registration.speaksLinks(relay, outputs, now);
      }
    }
    tick(now);
    return List.copyOf(outputs);
  }

  Optional<Endpoint> relay() {
    return registration.relay();
  }

  Optional<Username> name() {
    return registration.name();
  }

  boolean isOnline() {
    return registration.isOnline();
  }

  /// Whether calls go over the link to the relay.
  boolean isSealed() {
    return registration.isSealed();
  }

  /// Whether it is not known yet if the relay speaks links.
  boolean isUndecided(Instant now) {
    return registration.isUndecided(now);
  }

  /// Until when it is not known.
  Instant undecidedUntil() {
    return registration.undecidedUntil();
  }

  Instant wakeAt() {
    Instant wake =
        Times.earlier(
            registration.wakeAt(isIntroducing()), introductions.wakeAt(registration.isOnline()));
    return introduced.values().stream().reduce(wake, Times::earlier);
  }

  private boolean isIntroducing() {
    return introductions.isAsking() || !introduced.isEmpty();
  }

  private void heard(byte[] datagram, Instant now) {
    if (Stun.isStun(datagram)) {
      seen(datagram, now);
      return;
    }
    try {
      if (MessageJson.decode(datagram) instanceof Message.FromRelay message) {
        registration.heard(outputs, now);
        heard(message, now);
        return;
      }
    } catch (MalformedMessage e) {
      // Counted below, like a message that no relay sends.
    }
    outputs.add(new Output.Dropped());
  }

  private void heard(Message.FromRelay message, Instant now) {
    switch (message) {
      case RegisterAck() when registration.isSealed() -> {}
      case RegisterAck() -> registration.acknowledged(outputs, now);
      case TargetNotFound() -> {
        if (introductions.notFound(outputs, now)) {
          registration.register(outputs, now);
        }
      }
      case TargetBusy() -> introductions.busy(outputs, now);
      case PeerInfo(var address, var peer) -> introduced(peer, address, now);
    }
  }

  private void introduced(Username peer, Endpoint address, Instant now) {
    session = peer;
    introduced.putLast(peer, now.plus(HolePuncher.GIVE_UP_AFTER));
    if (introduced.size() > MAX_INTRODUCED) {
      introduced.pollFirstEntry();
    }
    outputs.add(new Output.Introduced(peer, address, introductions.introduced(peer, now)));
  }

  private void seen(byte[] datagram, Instant now) {
    try {
      BindingResponse response = BindingResponse.decode(datagram);
      if (registration.awaits(response.id())) {
        registration.heard(outputs, now);
        seenAt(response.mapped());
        registration.relay().ifPresent(relay -> registration.speaksLinks(relay, outputs, now));
        return;
      }
    } catch (MalformedMessage e) {
      // Counted below, like an answer to a question that was never asked.
    }
    outputs.add(new Output.Dropped());
  }

  private void seenAt(Endpoint address) {
    change(new NatState.Seen(address, address.port() == localPort));
  }

  private void change(NatState seen) {
    if (!seen.equals(nat)) {
      nat = seen;
      outputs.add(new Output.NatChanged(seen));
    }
  }

  private void settled(Username peer) {
    introduced.remove(peer);
    if (peer.equals(session)) {
      finish();
    }
  }

  private void finish() {
    session = null;
    registration.relay().ifPresent(this::sendFinished);
  }

  private void sendFinished(Endpoint relay) {
    outputs.add(new Output.Send(relay, new SessionFinished()));
  }

  private void tick(Instant now) {
    introduced.values().removeIf(until -> Times.isDue(until, now));
    introductions.tick(registration.isOnline(), outputs, now);
    introductions.due(now).ifPresent(due -> ask(due, now));
    registration.tick(isIntroducing(), outputs, now);
  }

  /// With our session still there the relay would introduce the two again to us alone. So its end
  /// is said twice: nothing acknowledges it.
  private void ask(Introductions.Due due, Instant now) {
    if (session != null) {
      finish();
      registration.relay().ifPresent(this::sendFinished);
    }
    if (due.tries() >= Introductions.REGISTER_FROM_TRY) {
      registration.register(outputs, now);
    }
    registration
        .relay()
        .ifPresent(relay -> outputs.add(new Output.Send(relay, new Connect(due.peer()))));
  }

  private void signOff() {
    if (registration.isOnline() && !registration.isSealed()) {
      finish();
    }
    registration.stop();
    introduced.clear();
  }
}
