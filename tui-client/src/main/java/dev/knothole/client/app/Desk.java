package dev.knothole.client.app;

import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.history.Message;
import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.text.Sanitizer;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Where chats are opened, written to and closed, whoever asked for it.
final class Desk {
  /// Chats kept. Strangers can open chats, so there must be a bound; nobody reads more.
  static final int MAX_CHATS = 60;

  /// Lines kept for a peer while the connection is being made.
  static final int MAX_WAITING = 1_000;

  /// Characters said at once. In this dialect a text leaves as one burst of datagrams of a
  /// kilobyte, and the buffers on the way hold some dozens of them.
  static final int MAX_TEXT = 32_768;

  private final AppState state;
  private final Hands hands;
  private final List<Effect> effects;
  private final Contacts contacts;
  private final Post post;
  private final Introducer introducer;
  private final Departure departure;

  /// @param random for the ids of messages
  /// @param effects where to put what must be done
  Desk(
      AppState state,
      Hands hands,
      Preferences preferences,
      RandomGenerator random,
      List<Effect> effects) {
    this.state = state;
    this.hands = hands;
    this.effects = effects;
    contacts = new Contacts(this::toDisk);
    post = new Post(state, this, contacts, preferences, random);
    introducer = new Introducer(state, this, contacts, post, preferences);
    departure = new Departure(state, hands, this, effects);
  }

  Post post() {
    return post;
  }

  Departure departure() {
    return departure;
  }

  Introducer introducer() {
    return introducer;
  }

  void toDisk(HistoryInput input) {
    effects.add(new Effect.ToHistory(input));
  }

  void notice(Chat chat, String text) {
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Notice(id, at, shown));
  }

  void problem(Chat chat, String text) {
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Problem(id, at, shown));
  }

  void toNetwork(PeerInput input) {
    effects.add(new Effect.ToNetwork(input));
  }

  private void append(Chat chat, Transcript.LineMaker maker) {
    effects.add(new Effect.Appended(chat.id(), chat.transcript().add(maker, state.now())));
  }

  /// Opens the chat with a peer, shows it, and connects unless it is connected already.
  void connect(PeerId peer) {
    boolean already = state.find(new ChatId.With(peer)).filter(Chat::canSend).isPresent();
    var reached = reach(peer);
    reached.ifPresent(state::show);
    if (already) {
      reached.ifPresent(c -> notice(c, "There is a connection to " + peer + " already."));
    }
  }

  /// The chat with a peer, connected or about to be; nothing with oneself.
  Optional<Chat> reach(PeerId peer) {
    if (peer.equals(new PeerId.Named(state.name()))) {
      problem(state.active(), "That is you. /connect NAME reaches somebody else.");
      return Optional.empty();
    }
    var chat = open(peer, new Link.Closed(Link.Reason.HUNG_UP));
    if (introducer.mayReach(chat) && !chat.canSend()) {
      chat.link(new Link.Asking());
      chat.asked(true);
      notice(chat, "Connecting to " + peer + " ...");
      toNetwork(new PeerInput.Connect(peer));
    }
    return Optional.of(chat);
  }

  /// The chat with somebody of this name, opened without a word if need be.
  Chat openPrivate(Username peer) {
    return open(new PeerId.Named(peer), new Link.Closed(Link.Reason.HUNG_UP));
  }

  private Chat open(PeerId peer, Link link) {
    var id = new ChatId.With(peer);
    return state
        .find(id)
        .orElseGet(
            () -> {
              makeRoom();
              var chat = new Chat(id, Sanitizer.line(peer.toString()), link);
              state.add(chat);
              return chat;
            });
  }

  /// What is over goes first, then who is known by an address only; the oldest of them.
  private void makeRoom() {
    if (state.chats().size() > MAX_CHATS) {
      state.chats().stream()
          .filter(chat -> chat.peer().isPresent() && chat != state.active())
          .min(Comparator.comparing(Chat::canSend).thenComparing(chat -> !chat.isByAddress()))
          .ifPresent(this::give);
    }
  }

  private void give(Chat chat) {
    if (chat.canSend()) {
      chat.peer().map(PeerInput.HangUp::new).ifPresent(this::toNetwork);
    }
    state.remove(chat);
  }

  void disconnect(Chat chat) {
    if (chat.peer().isEmpty()) {
      problem(chat, "There is no connection to end here.");
    } else if (chat.canSend()) {
      toNetwork(new PeerInput.HangUp(chat.peer().get()));
    } else {
      state.remove(chat);
      notice(state.active(), "The chat with " + chat.title() + " is closed.");
    }
  }

  /// Whether the text was sent, or kept to be sent when the connection opens.
  boolean say(Chat chat, String text) {
    var obstacle = obstacle(chat, text);
    if (obstacle.isPresent()) {
      departure.lost();
      problem(chat, obstacle.get());
      return false;
    }
    if (post.takes(chat)) {
      chat.name().ifPresent(peer -> post.say(chat, peer, Kind.SAID, text));
    } else if (chat.isOpen()) {
      mine(chat, text, Line.Delivery.SENT);
      chat.peer().ifPresent(peer -> toNetwork(new PeerInput.Say(peer, text)));
    } else {
      chat.keep(mine(chat, text, Line.Delivery.WAITING), text);
    }
    return true;
  }

  private Optional<String> obstacle(Chat chat, String text) {
    if (chat.peer().isEmpty()) {
      return Optional.of("No chat is open here, so nothing was sent. /connect NAME opens one.");
    }
    if (chat.standing().filter(Standing.CHANGED::equals).isPresent()) {
      return Optional.of(
          "Not sent: the key of "
              + chat.title()
              + " has changed. /trust "
              + chat.title()
              + " accepts the new one.");
    }
    if (!chat.canSend() && !post.takes(chat)) {
      return Optional.of(
          "Not sent: there is no connection. /connect " + chat.title() + " makes one.");
    }
    if (text.length() > MAX_TEXT) {
      return Optional.of(
          "Not sent: " + text.length() + " characters; " + MAX_TEXT + " can be said at once.");
    }
    return chat.isOpen() || chat.waiting() < MAX_WAITING || post.takes(chat)
        ? Optional.empty()
        : Optional.of("Not sent: " + MAX_WAITING + " lines wait for the connection already.");
  }

  private long mine(Chat chat, String text, Line.Delivery delivery) {
    String author = Sanitizer.line(state.name().value());
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Mine(id, at, author, shown, Line.Manner.PLAIN, delivery));
    chat.anchor(Anchor.BOTTOM);
    return chat.transcript().lines().getLast().id();
  }

  /// A message of a private chat as a line, with the time at which it was written.
  ///
  /// @return the number of the line
  long show(Chat chat, Message message) {
    String text = Sanitizer.text(message.text());
    var manner = new Line.Manner(message.kind(), true);
    append(
        chat,
        (id, _) ->
            switch (message.origin()) {
              case Message.Origin.Theirs _ ->
                  new Line.Theirs(id, message.at(), chat.title(), text, manner);
              case Message.Origin.Ours(var delivery) ->
                  new Line.Mine(
                      id,
                      message.at(),
                      Sanitizer.line(state.name().value()),
                      text,
                      manner,
                      Line.Delivery.of(delivery));
            });
    return chat.transcript().lines().getLast().id();
  }

  /// A message has come, and is on the disk.
  void received(Chat chat, Message message) {
    show(chat, message);
    chat.typing(Instant.MIN);
    countUnread(chat);
  }

  void peerAway(Chat chat, boolean on, String reason) {
    if (on != chat.away() || on) {
      String why = reason.isBlank() ? "" : ": " + Sanitizer.line(reason);
      notice(chat, chat.title() + (on ? " is away" + why + "." : " is back."));
    }
    chat.away(on);
  }

  void heard(PeerId peer, String text) {
    var chat = open(peer, new Link.Punching());
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Theirs(id, at, chat.title(), shown, Line.Manner.PLAIN));
    countUnread(chat);
  }

  private void countUnread(Chat chat) {
    boolean seen = chat == state.active() && chat.anchor().atBottom();
    if (hands == Hands.ON_KEYS && !seen) {
      chat.countUnread();
    }
  }

  /// Told where it was asked for, which need not be the chat with the peer.
  void measured(PeerId peer, Duration rtt) {
    state
        .find(new ChatId.With(peer))
        .ifPresent(
            c ->
                notice(
                    state.active(),
                    c.title() + " answered in " + Sentences.milliseconds(rtt) + "."));
  }

  void linkChanged(PeerId peer, Link link) {
    var known = state.find(new ChatId.With(peer));
    if (known.isEmpty() && link instanceof Link.Closed) {
      return;
    }
    var chat = open(peer, new Link.Closed(Link.Reason.HUNG_UP));
    var before = chat.link().orElse(link);
    chat.link(link);
    if (known.isEmpty()) {
      welcome(chat);
    }
    tell(chat, peer, before, link);
    introducer.linkChanged(chat, before, link);
    departure.somethingChanged();
  }

  /// Somebody reached us. Their chat comes into view only from the empty start page: it never takes
  /// the place of a chat, nor the ground from under a half-typed line.
  private void welcome(Chat chat) {
    String news = chat.title() + " wants to talk to you";
    boolean idle = state.active() == state.home() && state.home().editor().draft().isEmpty();
    if (hands == Hands.ON_LINES) {
      notice(chat, news + ". /connect " + chat.title() + " opens the chat.");
    } else if (idle) {
      notice(chat, news + ".");
      state.show(chat);
    } else {
      notice(chat, news + ".");
      notice(state.home(), news + ": Alt-" + state.chats().size() + " opens the chat.");
    }
  }

  private void tell(Chat chat, PeerId peer, Link before, Link link) {
    switch (link) {
      case Link.Asking _, Link.Punching _, Link.Ringing _ -> {}
      case Link.Private _, Link.Unanswered _ -> {}
      case Link.Open(var path, _) -> opened(chat, peer, before, path.toString());
      case Link.Silent _ ->
          notice(chat, chat.title() + " does not answer. Waiting for a minute ...");
      case Link.Closed(var reason) -> closed(chat, peer, before, reason);
    }
  }

  private void opened(Chat chat, PeerId peer, Link before, String path) {
    switch (before) {
      case Link.Open(var old, _) when old.toString().equals(path) -> {}
      case Link.Open _ -> notice(chat, chat.title() + " moved to " + path + ".");
      case Link.Silent _ -> notice(chat, chat.title() + " answers again.");
      case Link.Asking _,
          Link.Punching _,
          Link.Ringing _,
          Link.Private _,
          Link.Unanswered _,
          Link.Closed _ -> {
        notice(chat, "Connected directly to " + path + ". This chat is not encrypted.");
        for (var kept : chat.release(Line.Delivery.SENT)) {
          toNetwork(new PeerInput.Say(peer, kept));
        }
      }
    }
  }

  private void closed(Chat chat, PeerId peer, Link before, Link.Reason reason) {
    String sentence = Sentences.closed(chat.title(), peer, reason);
    boolean silently = !chat.asked() && !wasOpen(before);
    chat.asked(false);
    if (silently) {
      return;
    }
    if (reason == Link.Reason.HUNG_UP || reason == Link.Reason.GOODBYE) {
      notice(chat, sentence);
    } else {
      problem(chat, sentence);
    }
    int unsent = chat.release(Line.Delivery.NOT_SENT).size();
    if (unsent > 0) {
      departure.lost();
      String lines = unsent == 1 ? "One line was not sent" : unsent + " lines were not sent";
      problem(chat, lines + ".");
      if (chat != state.active()) {
        problem(state.active(), lines + " to " + chat.title() + ".");
      }
    }
  }

  private static boolean wasOpen(Link link) {
    return switch (link) {
      case Link.Open _, Link.Silent _, Link.Private _, Link.Unanswered _, Link.Punching _ -> true;
      case Link.Asking _, Link.Ringing _, Link.Closed _ -> false;
    };
  }

  /// Nothing will be sent or heard any more.
  void networkFailed() {
    for (var chat : state.chats()) {
      if (chat.canSend()) {
        chat.link(new Link.Closed(Link.Reason.GONE));
        chat.release(Line.Delivery.NOT_SENT);
      }
    }
    problem(
        state.active(),
        "A fault inside the program ended all connections; the log file has the details."
            + " Please /quit and start it again.");
    departure.lost();
    departure.somethingChanged();
  }
}
