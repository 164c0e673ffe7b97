package dev.knothole.client.app;

import dev.knothole.client.peer.NatState;
import dev.knothole.client.peer.RelayState;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// All that a front end may show. [Client] changes it, views read it: the same state and size give
/// the same screen.
public final class AppState {
  private final List<Chat> chats = new ArrayList<>();
  private final Chat home = new Chat(new ChatId.Home(), "knothole", null);
  private Chat active = home;
  private Username name;
  private RelayState relay = new RelayState.None();
  private NatState nat = new NatState.Unknown();
  private Instant registeringSince = Instant.MAX;
  private boolean hosting;
  private Optional<String> away = Optional.empty();
  private boolean peerListShown = true;
  private Instant now;

  AppState(Username name, Instant now) {
    this.name = name;
    this.now = now;
    chats.add(home);
  }

  /// What is shown until the settings are there.
  public static AppState beforeTheStart(Username name, Instant now) {
    return new AppState(name, now);
  }

  /// In the order of the list; the program's own page is the first.
  public List<Chat> chats() {
    return Collections.unmodifiableList(chats);
  }

  public Chat active() {
    return active;
  }

  public Username name() {
    return name;
  }

  public RelayState relay() {
    return relay;
  }

  /// Since when we try to register without success; the far future while we do not.
  public Instant registeringSince() {
    return registeringSince;
  }

  public NatState nat() {
    return nat;
  }

  /// Whether the relay runs inside this program.
  public boolean hosting() {
    return hosting;
  }

  /// Why the user is away, if away.
  Optional<String> away() {
    return away;
  }

  void away(Optional<String> reason) {
    away = reason;
  }

  public boolean peerListShown() {
    return peerListShown;
  }

  /// The time of the last event, for "silent for 12 s".
  public Instant now() {
    return now;
  }

  Chat home() {
    return home;
  }

  /// How a chat is called on the screen.
  public String title(ChatId id) {
    return find(id).map(Chat::title).orElse("");
  }

  Optional<Chat> find(ChatId id) {
    return chats.stream().filter(chat -> chat.id().equals(id)).findFirst();
  }

  void add(Chat chat) {
    chats.add(chat);
  }

  void remove(Chat chat) {
    chats.remove(chat);
    if (active == chat) {
      show(home);
    }
  }

  /// Whom one could mean, for completion.
  public List<String> names() {
    return chats.stream().flatMap(chat -> chat.peer().stream()).map(Object::toString).toList();
  }

  /// How long it is believed that somebody types who said so.
  private static final Duration TYPING = Duration.ofSeconds(6);

  /// Whether the peer of a chat is typing now.
  public boolean isTyping(Chat chat) {
    return chat.typingSince().isAfter(now.minus(TYPING));
  }

  /// Opens a chat for reading: nothing in it is new any more, unless it is scrolled up.
  void show(Chat chat) {
    active = chat;
    if (chat.anchor().atBottom()) {
      chat.markRead();
    }
  }

  /// The chat so many places further down the list, round and round.
  Chat besides(int places) {
    int at = Math.floorMod(chats.indexOf(active) + places, chats.size());
    return chats.get(at);
  }

  void name(Username changed) {
    name = changed;
  }

  void relay(RelayState changed) {
    boolean registering = changed instanceof RelayState.Registering;
    registeringSince =
        !registering ? Instant.MAX : registeringSince.isBefore(now) ? registeringSince : now;
    relay = changed;
  }

  void nat(NatState changed) {
    nat = changed;
  }

  void hostRelay() {
    hosting = true;
  }

  void togglePeerList() {
    peerListShown = !peerListShown;
  }

  void now(Instant changed) {
    now = changed;
  }
}
