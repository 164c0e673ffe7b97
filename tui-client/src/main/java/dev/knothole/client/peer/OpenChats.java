package dev.knothole.client.peer;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.Goodbye;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// All chats of the open dialect, those that we want and those that others begin.
///
/// A message belongs to a conversation by the address it came from; else to the one attempt whose
/// peer is probably there, behind another port; else it is a stranger's.
final class OpenChats {
  /// More than anybody talks to. Beyond it introductions by others are refused, and for one of our
  /// own the oldest attempt, or else the oldest chat, ends.
  static final int MAX_CONVERSATIONS = 256;

  private final RelaySession relay;
  private final Jitter jitter;
  private final Outbox outbox;
  private final Strangers strangers = new Strangers();
  private final Farewells farewells = new Farewells();
  private final Acquaintances acquaintances = new Acquaintances();
  private final SequencedMap<PeerId, Conversation> conversations = new LinkedHashMap<>();

  OpenChats(RelaySession relay, Jitter jitter, Outbox outbox) {
    this.relay = relay;
    this.jitter = jitter;
    this.outbox = outbox;
  }

  Optional<Conversation> find(PeerId peer) {
    return Optional.ofNullable(conversations.get(peer));
  }

  void heard(Endpoint from, Message.BetweenPeers message, Instant now) {
    Optional<Conversation> conversation =
        all().filter(c -> c.owns(from)).findFirst().or(() -> likely(from, now));
    if (conversation.isPresent()) {
      Optional<Endpoint> path = conversation.get().path();
      conversation.get().heard(from, message, now);
      if (conversation.get().isClosed()) {
        path.ifPresent(ended -> farewells.add(ended, false, now));
        farewells.add(from, false, now);
      }
    } else if (farewells.covers(from, now)) {
      if (farewells.isOurs(from) && (message instanceof Ping || message instanceof DirectMessage)) {
        outbox.send(from, new Goodbye());
      }
    } else {
      Duration patience = relay.isOnline() ? Strangers.INTRODUCTION_WITHIN : Duration.ZERO;
      strangers.heard(from, message, patience, now).forEach(output -> perform(output, now));
    }
  }

  /// The one conversation whose peer probably sends from this unknown address: same host, another
  /// port. A private address may also be that of a peer in our own network which the relay sees
  /// from outside. With several to choose from it is better not to guess.
  private Optional<Conversation> likely(Endpoint from, Instant now) {
    return only(all().filter(c -> c.mayBe(from, now)))
        .or(() -> isLocal(from) ? only(all().filter(Conversation::isPunching)) : Optional.empty());
  }

  private static Optional<Conversation> only(Stream<Conversation> candidates) {
    List<Conversation> two = candidates.limit(2).toList();
    return two.size() == 1 ? Optional.of(two.getFirst()) : Optional.empty();
  }

  private static boolean isLocal(Endpoint from) {
    return from.address().isSiteLocalAddress()
        || from.address().isLoopbackAddress()
        || from.address().isLinkLocalAddress();
  }

  private Stream<Conversation> all() {
    return conversations.values().stream();
  }

  private void perform(Strangers.Output output, Instant now) {
    switch (output) {
      case Strangers.Output.Send(var to, var message) -> outbox.send(to, message);
      case Strangers.Output.Opened(var from, var rtt, var texts) -> {
        PeerId peer =
            acquaintances
                .at(from, now)
                .filter(known -> !conversations.containsKey(known))
                .orElse(new PeerId.At(from));
        if (conversations.size() < MAX_CONVERSATIONS && !conversations.containsKey(peer)) {
          Conversation conversation = begin(peer);
          conversation.opened(new HolePuncher.Output.Opened(from, rtt, List.of()), now);
          texts.forEach(text -> outbox.report(new PeerEvent.Said(peer, text)));
        }
      }
    }
  }

  private Conversation begin(PeerId peer) {
    Conversation conversation = new Conversation(peer, jitter, outbox);
    conversations.put(peer, conversation);
    return conversation;
  }

  /// Asks the relay for an introduction.
  void connect(PeerId.Named peer, Instant now) {
    Optional<Conversation> known = find(peer);
    known.ifPresent(Conversation::reportLink);
    if (known.isEmpty()) {
      makeRoom(now);
      begin(peer).reportLink();
    }
    if (known.isEmpty() || known.get().link() instanceof Link.Silent) {
      outbox.tellRelay(new RelaySession.Input.Ask(peer.name()));
    }
  }

  void connect(PeerId.At peer, Instant now) {
    Endpoint address = peer.address();
    if (relay.relay().filter(address::equals).isPresent()) {
      report(peer, new Link.Closed(Link.Reason.NEVER_ANSWERED));
      return;
    }
    Optional<Conversation> known =
        all().filter(c -> c.peer().equals(peer) || c.isAt(address)).findFirst();
    if (known.isPresent()) {
      known.get().reportLink();
      return;
    }
    makeRoom(now);
    meet(begin(peer), address, HolePuncher.Side.TARGET, now);
  }

  private void meet(Conversation conversation, Endpoint at, HolePuncher.Side side, Instant now) {
    all().filter(other -> other != conversation).forEach(other -> other.release(at));
    farewells.forget(at);
    List<String> texts = strangers.remove(at);
    conversation.named(at, side, now);
    texts.forEach(text -> outbox.report(new PeerEvent.Said(conversation.peer(), text)));
  }

  private void report(PeerId peer, Link link) {
    outbox.report(new PeerEvent.LinkChanged(peer, link));
  }

  private void makeRoom(Instant now) {
    if (conversations.size() >= MAX_CONVERSATIONS) {
      Conversation oldest =
          all()
              .filter(c -> !c.isOpen())
              .findFirst()
              .orElseGet(() -> conversations.firstEntry().getValue());
      hangUp(oldest, now);
    }
  }

  void hangUp(Conversation conversation, Instant now) {
    conversation.path().ifPresent(path -> farewells.add(path, true, now));
    conversation.hangUp();
    conversations.remove(conversation.peer());
  }

  /// The relay tells where somebody is.
  void introduced(Username name, Endpoint address, boolean asked, Instant now) {
    PeerId peer = new PeerId.Named(name);
    Conversation conversation = conversations.get(peer);
    Optional<Conversation> owner =
        all().filter(c -> c != conversation && c.isAt(address)).findFirst();
    boolean isUs = relay.name().filter(name::equals).isPresent();
    boolean isRelay = relay.relay().filter(address::equals).isPresent();
    boolean unwanted =
        conversation == null
            && (owner.isPresent()
                || farewells.justNow(address, now)
                || conversations.size() >= MAX_CONVERSATIONS);
    if (isUs || isRelay || unwanted) {
      outbox.tellRelay(new RelaySession.Input.Settled(name));
      return;
    }
    owner.ifPresent(this::handOver);
    acquaintances.add(address, peer, now);
    meet(
        conversation == null ? begin(peer) : conversation,
        address,
        asked ? HolePuncher.Side.REQUESTER : HolePuncher.Side.TARGET,
        now);
  }

  /// The peer of an unnamed chat has been asked for by name: the chat goes on under the name. The
  /// peer must not notice, so it is told no goodbye.
  private void handOver(Conversation old) {
    old.close(Link.Reason.HUNG_UP);
    conversations.remove(old.peer());
  }

  /// Whether a chat by address goes on under a name, whose path turned out to be the same.
  private boolean hasName(Conversation conversation) {
    return conversation.peer() instanceof PeerId.At
        && conversation.isOpen()
        && all()
            .filter(other -> other.peer() instanceof PeerId.Named)
            .anyMatch(other -> other.path().equals(conversation.path()));
  }

  void hangUpAll(Instant now) {
    List.copyOf(conversations.values()).forEach(conversation -> hangUp(conversation, now));
  }

  void tick(Instant now) {
    strangers.tick(now).forEach(output -> perform(output, now));
    all().forEach(conversation -> conversation.tick(now));
    List.copyOf(conversations.values()).stream().filter(this::hasName).forEach(this::handOver);
  }

  /// Forgets what has ended.
  void settle() {
    conversations.values().removeIf(Conversation::isClosed);
  }

  Instant wakeAt() {
    Instant wake = strangers.wakeAt();
    for (Conversation conversation : conversations.values()) {
      wake = Times.earlier(wake, conversation.wakeAt());
    }
    return wake;
  }
}
