package dev.knothole.client.app;

import dev.knothole.client.history.Delivery;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.RelayState;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.MessageId;
import dev.knothole.protocol.talk.PeerTalk;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What is said in private chats, from here to the other side's disk and back.
///
/// A text of ours is on our disk before it goes out, and goes out again over every new link until
/// the other side says that it is on its disk. A text of theirs is on our disk before it is shown
/// and acknowledged; what comes twice is shown once.
final class Post {
  /// Well within the time that the other side believes it, see [AppState#isTyping].
  private static final Duration TYPING_EVERY = Duration.ofSeconds(3);

  private final AppState state;
  private final Desk desk;
  private final Contacts contacts;
  private final Preferences preferences;
  private final RandomGenerator random;
  private final Map<Username, Correspondent> correspondents = new HashMap<>();
  private final Board board;

  /// Texts of theirs that are on their way to the disk.
  private final Map<MessageId, Message> arriving = new HashMap<>();

  /// Texts of theirs that were shown although the disk did not take them.
  private final Set<MessageId> shownUnsaved = new HashSet<>();

  private boolean diskFailed;

  Post(
      AppState state,
      Desk desk,
      Contacts contacts,
      Preferences preferences,
      RandomGenerator random) {
    this.state = state;
    this.desk = desk;
    this.contacts = contacts;
    this.preferences = preferences;
    this.random = random;
    board = new Board(state, desk);
  }

  private Correspondent with(Username peer) {
    return correspondents.computeIfAbsent(peer, _ -> new Correspondent());
  }

  private Optional<Chat> chat(Username peer) {
    return state.find(new ChatId.With(new PeerId.Named(peer)));
  }

  // Ours

  /// Whether what is said in this chat now is private: over a link, or kept for one.
  boolean takes(Chat chat) {
    if (!(chat.id() instanceof ChatId.With(PeerId.Named(var peer))) || chat.isPlain()) {
      return false;
    }
    return chat.isPrivate()
        || state.relay() instanceof RelayState.SignedIn
        || contacts.isKnown(peer);
  }

  /// Keeps a text for the peer, and sends it as soon as it can be.
  void say(Chat chat, Username peer, Kind kind, String text) {
    var message =
        new Message(
            MessageId.random(random),
            peer,
            state.now(),
            kind,
            text,
            new Message.Origin.Ours(Delivery.QUEUED));
    with(peer).mailbox.add(message, false);
    board.show(chat, message);
    chat.anchor(Anchor.BOTTOM);
    desk.toDisk(new HistoryInput.Save(message));
  }

  private void move(MessageId id, Delivery delivery) {
    board.mark(id, delivery);
    desk.toDisk(new HistoryInput.Mark(id, delivery));
  }

  /// Sends what may go out now.
  private void pump(Username peer) {
    var correspondent = with(peer);
    if (!correspondent.linked) {
      return;
    }
    for (var next = correspondent.mailbox.next();
        next.isPresent();
        next = correspondent.mailbox.next()) {
      var message = next.get();
      tell(
          peer,
          new PeerTalk.Text(
              message.id(), message.at().toEpochMilli(), message.kind(), message.text()));
      move(message.id(), Delivery.SENT);
    }
  }

  private void tell(Username peer, PeerTalk talk) {
    desk.toNetwork(new PeerInput.Tell(peer, talk));
  }

  /// Texts that wait for somebody, all or those for one.
  List<Message> waiting() {
    var all = new ArrayList<Message>();
    correspondents.values().forEach(each -> all.addAll(each.mailbox.all()));
    return all;
  }

  /// The oldest message of a chat that is on the screen.
  Optional<MessageId> oldest(Chat chat) {
    return board.oldest(chat);
  }

  boolean isWaitingFor(Chat chat) {
    return chat.name()
        .filter(peer -> correspondents.containsKey(peer) && !with(peer).mailbox.isEmpty())
        .isPresent();
  }

  /// Takes the newest text back that has not gone out; the disk has the last word.
  ///
  /// @return false when there is none
  boolean unsend(Username peer) {
    var last = with(peer).mailbox.last();
    last.ifPresent(message -> desk.toDisk(new HistoryInput.Remove(message.id())));
    return last.isPresent();
  }

  /// Tries to reach everybody for whom something waits, now.
  void retry() {
    for (var peer : List.copyOf(correspondents.keySet())) {
      if (!with(peer).mailbox.isEmpty()) {
        with(peer).tries = 0;
        reach(peer);
      }
    }
  }

  /// Without a word on the screen: the user did not ask for it just now.
  private void reach(Username peer) {
    var correspondent = with(peer);
    if (correspondent.linked
        || contacts.standing(peer).filter(Standing.CHANGED::equals).isPresent()) {
      correspondent.tryAgain = Instant.MAX;
      return;
    }
    desk.toNetwork(new PeerInput.Connect(new PeerId.Named(peer)));
    correspondent.tryLater(state.now());
  }

  // The link

  /// There is a link to a peer whose key is the right one.
  void linked(Username peer) {
    var correspondent = with(peer);
    if (correspondent.linked) {
      return;
    }
    correspondent.linked = true;
    correspondent.tries = 0;
    correspondent.tryAgain = Instant.MAX;
    tell(peer, new PeerTalk.Hello(state.name(), preferences.readReceipts(), preferences.typing()));
    state.away().ifPresent(reason -> tell(peer, new PeerTalk.Away(true, reason)));
    pump(peer);
  }

  void unlinked(Username peer) {
    var correspondent = with(peer);
    if (correspondent.linked) {
      correspondent.linked = false;
      correspondent.mailbox.linkLost();
    }
    if (!correspondent.mailbox.isEmpty() && correspondent.tryAgain.equals(Instant.MAX)) {
      correspondent.tryLater(state.now());
    }
  }

  /// The draft of a chat has changed. Told now and then while it goes on, if both want that.
  void typed(Chat chat) {
    var peer = chat.name().filter(name -> chat.isPrivate() && preferences.typing());
    if (peer.isEmpty() || chat.editor().draft().isEmpty()) {
      return;
    }
    var correspondent = with(peer.get());
    boolean isDue = !correspondent.typedAt.plus(TYPING_EVERY).isAfter(state.now());
    if (correspondent.linked && correspondent.wantsTyping && isDue) {
      correspondent.typedAt = state.now();
      tell(peer.get(), new PeerTalk.Typing(true));
    }
  }

  void away() {
    correspondents.forEach(
        (peer, correspondent) -> {
          if (correspondent.linked) {
            tell(peer, new PeerTalk.Away(state.away().isPresent(), state.away().orElse("")));
          }
        });
  }

  // Theirs

  void heard(Username peer, PeerTalk talk) {
    if (!with(peer).linked) {
      return;
    }
    switch (talk) {
      case PeerTalk.Hello hello -> {
        with(peer).wantsReads = hello.reads();
        with(peer).wantsTyping = hello.typing();
      }
      case PeerTalk.Text text -> arrived(peer, text);
      case PeerTalk.Stored(var ids) -> stored(peer, ids);
      case PeerTalk.Read(var upTo) -> read(peer, upTo);
      case PeerTalk.Typing(var on) when preferences.typing() ->
          chat(peer).ifPresent(chat -> chat.typing(on ? state.now() : Instant.MIN));
      case PeerTalk.Typing _ -> {}
      case PeerTalk.Away(var on, var reason) ->
          chat(peer).ifPresent(chat -> desk.peerAway(chat, on, reason));
      case PeerTalk.Candidates _ -> {}
    }
  }

  private void arrived(Username peer, PeerTalk.Text text) {
    var message =
        new Message(
            text.id(), peer, state.now(), text.kind(), text.content(), new Message.Origin.Theirs());
    arriving.put(text.id(), message);
    desk.toDisk(new HistoryInput.Save(message));
  }

  private void stored(Username peer, List<MessageId> ids) {
    for (var id : ids) {
      if (with(peer).mailbox.stored(id)) {
        move(id, Delivery.DELIVERED);
      }
    }
    pump(peer);
    desk.departure().somethingChanged();
  }

  private void read(Username peer, MessageId upTo) {
    if (!preferences.readReceipts()) {
      return;
    }
    board.deliveredUpTo(peer, upTo).forEach(id -> move(id, Delivery.READ));
  }

  /// What is on the screen has been seen.
  void seen(Chat chat) {
    chat.name()
        .ifPresent(
            peer -> {
              var correspondent = with(peer);
              correspondent.lastRead.ifPresent(
                  upTo -> {
                    desk.toDisk(new HistoryInput.MarkRead(peer, upTo));
                    if (correspondent.linked
                        && correspondent.wantsReads
                        && preferences.readReceipts()) {
                      tell(peer, new PeerTalk.Read(upTo));
                    }
                  });
              correspondent.lastRead = Optional.empty();
            });
  }

  // The disk

  void opened(HistoryEvent.Opened opened) {
    for (var message : opened.queued()) {
      with(message.chat()).mailbox.add(message, true);
    }
    for (var message : opened.backlog()) {
      board.show(desk.openPrivate(message.chat()), message);
    }
    opened.unread().forEach((peer, count) -> chat(peer).ifPresent(chat -> chat.unread(count)));
  }

  void saved(MessageId id, boolean fresh) {
    diskFailed = false;
    var theirs = arriving.remove(id);
    if (theirs == null) {
      ourSaved(id);
      return;
    }
    if (fresh && !shownUnsaved.remove(id)) {
      received(theirs);
    }
    tell(theirs.chat(), new PeerTalk.Stored(List.of(id)));
  }

  private void ourSaved(MessageId id) {
    for (var peer : List.copyOf(correspondents.keySet())) {
      with(peer).mailbox.saved(id);
      pump(peer);
    }
    desk.departure().somethingChanged();
  }

  private void received(Message message) {
    var chat = desk.openPrivate(message.chat());
    with(message.chat()).lastRead = Optional.of(message.id());
    desk.received(chat, message);
  }

  void removed(MessageId id, boolean removed) {
    correspondents.values().forEach(each -> removedFrom(each.mailbox, id, removed));
    board
        .chat(id)
        .ifPresent(
            chat -> {
              if (removed) {
                board.takeDown(id);
                desk.notice(chat, "Taken back: it was not sent.");
              } else {
                desk.problem(chat, "It has been sent already and cannot be taken back.");
              }
            });
  }

  private static void removedFrom(Mailbox mailbox, MessageId id, boolean removed) {
    if (removed) {
      mailbox.remove(id);
    }
  }

  /// What the disk does not take is still shown, and ours is still sent; it is only not kept.
  void failed(HistoryInput input, String sentence) {
    if (input instanceof HistoryInput.Save(var message)) {
      if (!diskFailed) {
        diskFailed = true;
        desk.problem(
            state.active(), "Messages are not being saved. " + sentence + " They are shown here.");
      }
      boolean isTheirs = message.origin() instanceof Message.Origin.Theirs;
      if (!isTheirs) {
        ourSaved(message.id());
      } else if (arriving.remove(message.id()) != null && shownUnsaved.add(message.id())) {
        received(message);
      }
      return;
    }
    if (!(input instanceof HistoryInput.Mark) && !(input instanceof HistoryInput.MarkRead)) {
      desk.problem(state.active(), sentence);
    }
  }

  // Time

  void tick() {
    if (!(state.relay() instanceof RelayState.SignedIn)) {
      return;
    }
    for (var peer : List.copyOf(correspondents.keySet())) {
      if (!with(peer).tryAgain.isAfter(state.now())) {
        if (with(peer).mailbox.isEmpty()) {
          with(peer).tryAgain = Instant.MAX;
        } else {
          reach(peer);
        }
      }
    }
  }

  Instant wakeAt() {
    if (!(state.relay() instanceof RelayState.SignedIn)) {
      return Instant.MAX;
    }
    return correspondents.values().stream()
        .map(each -> each.tryAgain)
        .reduce(Instant.MAX, (a, b) -> a.isBefore(b) ? a : b);
  }
}
