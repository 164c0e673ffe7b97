package dev.knothole.client.peer;

import dev.knothole.client.peer.RelaySession.Output;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.stun.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Being known at a relay: registers until acknowledged, keeps the registration and the NAT mapping
/// towards the relay alive, moves on to the next relay when one does not answer, and asks for a
/// relay of our own when none does.
///
/// Registering again ends our session at the relay. So nothing that can wait is sent while the
/// owner says that an introduction is in progress.
final class Registration {
  /// Below the 30 s after which impatient NATs forget a UDP mapping.
  static final Duration KEEPALIVE = Duration.ofSeconds(20);

  /// A relay on our own machine ends with the program that hosts it; somebody stands in soon.
  static final Duration KEEPALIVE_LOOPBACK = Duration.ofSeconds(5);

  static final Duration FIRST_RETRY = Duration.ofMillis(300);
  static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  static final Duration SILENT_AFTER = Duration.ofSeconds(12);
  static final Duration HOST_AFTER = Duration.ofMillis(300);
  static final Duration FIRST_HOST_PAUSE = Duration.ofSeconds(2);
  static final Duration LONGEST_HOST_PAUSE = Duration.ofSeconds(30);

  /// What a relay in our own process needs to bind its socket.
  static final Duration HOST_STARTS_WITHIN = Duration.ofMillis(100);

  /// About two seconds; one lost datagram must not send us elsewhere, where our peers are not.
  static final int TRIES_PER_RELAY = 3;

  /// Two keepalives in a row are hardly lost by accident.
  static final int TRIES_BEFORE_HOSTING = 2;

  /// A relay that has acknowledged a plain registration, and by then has not said how it sees us,
  /// is taken for one of the open dialect only, until it says so after all.
  static final Duration DECIDED_AFTER = Duration.ofMillis(1_500);

  /// Until then it is asked so often: one answer may be lost, three hardly.
  static final Duration DECIDING = Duration.ofMillis(400);

  private final Jitter jitter;

  /// Relays that speak links, and those of them that never get a plain word again.
  private final Set<Endpoint> speakers = new HashSet<>();

  private final Set<Endpoint> pinned = new HashSet<>();
  private Instant decidedAt = Instant.MAX;
  private List<Endpoint> relays = List.of();
  private boolean mayHost;
  private int current;
  private int rounds;
  private Optional<Username> name = Optional.empty();
  private RelayState state = new RelayState.None();
  private @Nullable TransactionId stun;
  private int unanswered;
  private Instant firstUnanswered = Instant.MAX;
  private Instant lastHeard = Instant.MIN;
  private Instant next = Instant.MAX;
  private Instant hostAt = Instant.MAX;
  private Duration hostPause = FIRST_HOST_PAUSE;

  Registration(Jitter jitter) {
    this.jitter = jitter;
  }

  RelayState state() {
    return state;
  }

  boolean isOnline() {
    return state instanceof RelayState.Online || state instanceof RelayState.SignedIn;
  }

  /// Whether the relay in use is spoken to over a link.
  boolean isSealed() {
    return relay().filter(speakers::contains).isPresent();
  }

  /// Whether it may still turn out that the relay speaks links.
  boolean isUndecided(Instant now) {
    return !isSealed() && !Times.isDue(decidedAt, now);
  }

  Instant undecidedUntil() {
    return decidedAt;
  }

  /// This relay has answered what relays of the open dialect do not understand.
  void speaksLinks(Endpoint relay, List<Output> out, Instant now) {
    boolean isNews = speakers.add(relay);
    boolean isRefused = state instanceof RelayState.KeyChanged;
    if (relay().filter(relay::equals).isEmpty()) {
      return;
    }
    if (isRefused) {
      start(out, now);
    } else if (isNews && name.isPresent()) {
      forgetTries();
      next = now;
    }
  }

  /// From now on nothing plain is said to this relay.
  void pin(Endpoint relay) {
    pinned.add(relay);
  }

  /// The name belongs to somebody else.
  void refused(List<Output> out) {
    if (name.isPresent() && !relays.isEmpty()) {
      rest(new RelayState.NameTaken(relays.get(current), name.get()), out);
    }
  }

  /// Two programs with one key would take the name from each other for ever.
  void superseded(List<Output> out) {
    if (name.isPresent() && !relays.isEmpty()) {
      rest(new RelayState.Superseded(relays.get(current), name.get()), out);
    }
  }

  void keyChanged(Fingerprint seen, List<Output> out) {
    if (!relays.isEmpty()) {
      rest(new RelayState.KeyChanged(relays.get(current), seen), out);
    }
  }

  /// Nothing helps but the user.
  private void rest(RelayState why, List<Output> out) {
    forgetTries();
    next = Instant.MAX;
    hostAt = Instant.MAX;
    change(why, out);
  }

  /// Finds out now whether the relay still hears us.
  void askNow(Instant now) {
    next = isOnline() && isSealed() ? now : next;
  }

  /// The link to the relay is no more.
  void lost(List<Output> out, Instant now) {
    if (state instanceof RelayState.SignedIn && isSealed()) {
      change(new RelayState.Registering(relays.get(current)), out);
      next = now.plus(jitter.around(FIRST_RETRY));
    }
  }

  Optional<Username> name() {
    return name;
  }

  Optional<Endpoint> relay() {
    return relays.isEmpty() ? Optional.empty() : Optional.of(relays.get(current));
  }

  /// The STUN transaction whose answer will tell our public address.
  boolean awaits(TransactionId transaction) {
    return transaction.equals(stun);
  }

  /// A relay that is still in the list is kept while it answers. Otherwise the first is asked at
  /// once, so that repeating the list also means "try now".
  void use(List<Endpoint> list, boolean host, List<Output> out, Instant now) {
    boolean kept = isOnline() && list.contains(relays.get(current));
    current = kept ? list.indexOf(relays.get(current)) : 0;
    relays = list;
    mayHost = host;
    if (!kept) {
      start(out, now);
    }
  }

  void signIn(Username username, List<Output> out, Instant now) {
    if (!name.equals(Optional.of(username)) || state instanceof RelayState.Superseded) {
      name = Optional.of(username);
      start(out, now);
    }
  }

  /// From now on nothing is sent and nothing is due.
  void stop() {
    relays = List.of();
    name = Optional.empty();
    next = Instant.MAX;
    hostAt = Instant.MAX;
    state = new RelayState.None();
  }

  private void start(List<Output> out, Instant now) {
    boolean ready = name.isPresent() && !relays.isEmpty();
    rounds = 0;
    decidedAt = Instant.MAX;
    forgetTries();
    next = ready ? now : Instant.MAX;
    hostAt = ready && mayHost ? Times.earlier(hostAt, now.plus(HOST_AFTER)) : Instant.MAX;
    change(ready ? new RelayState.Registering(relays.get(current)) : new RelayState.None(), out);
  }

  private void forgetTries() {
    unanswered = 0;
    firstUnanswered = Instant.MAX;
  }

  /// Something came from the relay: it is alive, and if we were registered, we still are.
  void heard(List<Output> out, Instant now) {
    lastHeard = now;
    switch (state) {
      case RelayState.Online _, RelayState.SignedIn _ -> answered(now);
      case RelayState.Silent _ -> acknowledged(out, now);
      case RelayState.None(),
          RelayState.Registering _,
          RelayState.NameTaken _,
          RelayState.Superseded _,
          RelayState.KeyChanged _ -> {}
    }
  }

  /// The first acknowledgement is followed by one more registration, which asks for our public
  /// address: the very first must be the plain one that every relay of the dialect understands.
  void acknowledged(List<Output> out, Instant now) {
    boolean first = state instanceof RelayState.Registering;
    lastHeard = now;
    answered(now);
    if (!isSealed()) {
      acknowledgedPlainly(first, now);
    }
    name.ifPresent(user -> change(online(relays.get(current), user), out));
  }

  private void acknowledgedPlainly(boolean first, Instant now) {
    if (first) {
      decidedAt = now.plus(DECIDED_AFTER);
      next = now;
    } else if (!Times.isDue(decidedAt, now)) {
      next = now.plus(DECIDING);
    }
  }

  private RelayState online(Endpoint relay, Username user) {
    return isSealed() ? new RelayState.SignedIn(relay, user) : new RelayState.Online(relay, user);
  }

  private void answered(Instant now) {
    forgetTries();
    rounds = 0;
    hostAt = Instant.MAX;
    hostPause = FIRST_HOST_PAUSE;
    boolean loopback = relays.get(current).address().isLoopbackAddress();
    next = now.plus(jitter.around(loopback ? KEEPALIVE_LOOPBACK : KEEPALIVE));
  }

  void tick(boolean introducing, List<Output> out, Instant now) {
    if (isOnline() && Times.isDue(silentAt(), now)) {
      fallSilent(out, now);
    }
    if (Times.isDue(next, now) && !introducing) {
      if (unanswered >= TRIES_BEFORE_HOSTING && mayHost && hostAt.equals(Instant.MAX)) {
        hostAt = now;
      }
      if (unanswered >= TRIES_PER_RELAY && state instanceof RelayState.Registering) {
        doubtLinks();
        moveOn(out);
      }
      register(out, now);
    }
    if (Times.isDue(hostAt, now)) {
      host(out, now);
    }
  }

  Instant wakeAt(boolean introducing) {
    Instant wake = Times.earlier(hostAt, introducing ? Instant.MAX : next);
    return isOnline() ? Times.earlier(wake, silentAt()) : wake;
  }

  private Instant silentAt() {
    return firstUnanswered.equals(Instant.MAX) ? Instant.MAX : firstUnanswered.plus(SILENT_AFTER);
  }

  private void fallSilent(List<Output> out, Instant now) {
    if (relays.size() == 1) {
      change(new RelayState.Silent(relays.get(current), lastHeard), out);
    } else {
      moveOn(out);
      next = now;
    }
  }

  /// Another relay may have come to the address of one that spoke links.
  private void doubtLinks() {
    if (!pinned.contains(relays.get(current))) {
      speakers.remove(relays.get(current));
    }
  }

  private void moveOn(List<Output> out) {
    if (relays.size() > 1) {
      current = (current + 1) % relays.size();
      rounds += current == 0 ? 1 : 0;
      forgetTries();
      change(new RelayState.Registering(relays.get(current)), out);
    }
  }

  /// Sends now, whatever the schedule says.
  void register(List<Output> out, Instant now) {
    if (name.isEmpty() || relays.isEmpty()) {
      return;
    }
    ask(relays.get(current), name.get(), out);
    unanswered++;
    firstUnanswered = Times.earlier(firstUnanswered, now);
    next =
        now.plus(jitter.around(Times.doubled(FIRST_RETRY, unanswered - 1 + rounds, LONGEST_RETRY)));
  }

  /// A relay that keeps the name for somebody else does not acknowledge it, but says how it sees
  /// us.
  private void ask(Endpoint relay, Username user, List<Output> out) {
    if (isSealed()) {
      out.add(new Output.Dial(relay, user));
      return;
    }
    boolean first = state instanceof RelayState.Registering && unanswered == 0;
    stun = first ? null : TransactionId.random(jitter.random());
    out.add(new Output.Send(relay, new Register(user, stun)));
  }

  private void host(List<Output> out, Instant now) {
    out.add(new Output.Host());
    hostAt = now.plus(hostPause);
    hostPause = Times.doubled(hostPause, 1, LONGEST_HOST_PAUSE);
    next = Times.earlier(next, now.plus(HOST_STARTS_WITHIN));
  }

  private void change(RelayState changed, List<Output> out) {
    if (!changed.equals(state)) {
      state = changed;
      out.add(new Output.Changed(changed));
    }
  }
}
