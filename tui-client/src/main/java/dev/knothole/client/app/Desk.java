package dev.knothole.client.app;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.text.Sanitizer;
import java.time.Duration;
import java.util.List;

/// Where chats are opened, written to and closed, whoever asked for it.
final class Desk {
  /// Chats kept open. Strangers can open chats, so there must be a bound; nobody reads more.
  static final int MAX_CHATS = 100;

  /// Lines kept for a peer while the connection is being made.
  static final int MAX_WAITING = 200;

  private final AppState state;
  private final List<Effect> effects;
  private boolean leaving;
  private boolean lost;

  /// @param effects where to put what must be done
  Desk(AppState state, List<Effect> effects) {
    this.state = state;
    this.effects = effects;
  }

  void notice(Chat chat, String text) {
    append(chat, (id, at) -> new Line.Notice(id, at, text));
  }

  void problem(Chat chat, String text) {
    append(chat, (id, at) -> new Line.Problem(id, at, text));
  }

  void toNetwork(PeerInput input) {
    effects.add(new Effect.ToNetwork(input));
  }

  private void append(Chat chat, Transcript.LineMaker maker) {
    effects.add(new Effect.Appended(chat.id(), chat.transcript().add(maker, state.now())));
  }

  /// Opens the chat with a peer, shows it, and connects unless it is connected already.
  void connect(PeerId peer) {
    if (peer.equals(new PeerId.Named(state.name()))) {
      problem(state.active(), "That is you. /connect NAME reaches somebody else.");
      return;
    }
    var chat = open(peer, new Link.Closed(Link.Reason.HUNG_UP));
    state.show(chat);
    if (chat.canSend()) {
      notice(chat, "You are connected to " + peer + " already, or about to be.");
      return;
    }
    chat.link(new Link.Asking());
    notice(chat, "Connecting to " + peer + " ...");
    toNetwork(new PeerInput.Connect(peer));
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

  /// The oldest chat that is over and read goes first; a chat in use never goes.
  private void makeRoom() {
    if (state.chats().size() > MAX_CHATS) {
      state.chats().stream()
          .filter(chat -> chat.peer().isPresent() && !chat.canSend() && chat != state.active())
          .min((one, other) -> Integer.compare(one.unread(), other.unread()))
          .ifPresent(state::remove);
    }
  }

  void disconnect(Chat chat) {
    if (chat.peer().isEmpty() || !chat.canSend()) {
      problem(state.active(), "There is no connection to end here.");
      return;
    }
    toNetwork(new PeerInput.HangUp(chat.peer().get()));
  }

  /// Whether the text was sent, or kept to be sent when the connection opens.
  boolean say(Chat chat, String text) {
    if (chat.peer().isEmpty()) {
      problem(chat, "No chat is open here, so nothing was sent. /connect NAME opens one.");
      return false;
    }
    var peer = chat.peer().get();
    if (!chat.canSend()) {
      problem(chat, "Not sent: there is no connection. /connect " + chat.title() + " makes one.");
      return false;
    }
    if (chat.isOpen()) {
      mine(chat, text, Line.Delivery.SENT);
      toNetwork(new PeerInput.Say(peer, text));
      return true;
    }
    if (chat.waiting() >= MAX_WAITING) {
      problem(chat, "Not sent: " + MAX_WAITING + " lines wait for the connection already.");
      return false;
    }
    chat.keep(mine(chat, text, Line.Delivery.WAITING), text);
    return true;
  }

  private long mine(Chat chat, String text, Line.Delivery delivery) {
    String author = Sanitizer.line(state.name().value());
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Mine(id, at, author, shown, delivery));
    chat.anchor(Anchor.BOTTOM);
    return chat.transcript().lines().getLast().id();
  }

  void heard(PeerId peer, String text) {
    var chat = open(peer, new Link.Punching());
    String shown = Sanitizer.text(text);
    append(chat, (id, at) -> new Line.Theirs(id, at, chat.title(), shown));
    if (chat != state.active() || !chat.anchor().atBottom()) {
      chat.countUnread();
    }
  }

  void measured(PeerId peer, Duration rtt) {
    state
        .find(new ChatId.With(peer))
        .ifPresent(c -> notice(c, c.title() + " answered in " + Sentences.milliseconds(rtt) + "."));
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
    if (leaving) {
      leaveWhenSent();
    }
  }

  /// Somebody reached us. Their chat comes into view only from the empty start page: it never takes
  /// the place of a chat, nor the ground from under a half-typed line.
  private void welcome(Chat chat) {
    notice(chat, chat.title() + " wants to talk to you.");
    if (state.active() == state.home() && state.home().editor().draft().isEmpty()) {
      state.show(chat);
    } else {
      notice(
          state.home(), chat.title() + " wants to talk to you: chat " + state.chats().size() + ".");
    }
  }

  private void tell(Chat chat, PeerId peer, Link before, Link link) {
    switch (link) {
      case Link.Asking _, Link.Punching _ -> {}
      case Link.Open(var path, _) -> opened(chat, peer, before, path.toString());
      case Link.Silent _ ->
          notice(chat, chat.title() + " does not answer. Waiting for a minute ...");
      case Link.Closed(var reason) -> closed(chat, peer, reason);
    }
  }

  private void opened(Chat chat, PeerId peer, Link before, String path) {
    switch (before) {
      case Link.Open(var old, _) when old.toString().equals(path) -> {}
      case Link.Open _ -> notice(chat, chat.title() + " moved to " + path + ".");
      case Link.Silent _ -> notice(chat, chat.title() + " answers again.");
      case Link.Asking _, Link.Punching _, Link.Closed _ -> {
        notice(chat, "Connected directly to " + path + ". This chat is not encrypted.");
        for (var kept : chat.release(Line.Delivery.SENT)) {
          toNetwork(new PeerInput.Say(peer, kept));
        }
      }
    }
  }

  private void closed(Chat chat, PeerId peer, Link.Reason reason) {
    String sentence = Sentences.closed(chat.title(), peer, reason);
    if (reason == Link.Reason.HUNG_UP || reason == Link.Reason.GOODBYE) {
      notice(chat, sentence);
    } else {
      problem(chat, sentence);
    }
    int unsent = chat.release(Line.Delivery.NOT_SENT).size();
    if (unsent > 0) {
      lost = true;
      problem(chat, unsent == 1 ? "One line was not sent." : unsent + " lines were not sent.");
    }
  }

  /// Ends the program once no line waits for a connection any more; asked twice, at once.
  void leaveWhenSent() {
    var waiting = state.chats().stream().filter(chat -> chat.waiting() > 0).toList();
    if (waiting.isEmpty()) {
      leave(lost ? 1 : 0);
    } else if (!leaving) {
      leaving = true;
      notice(
          waiting.getFirst(),
          "Leaving when your words to "
              + waiting.getFirst().title()
              + " are sent. /quit leaves now.");
    }
  }

  /// What `/quit` does.
  void quit() {
    if (leaving) {
      leave(0);
    } else {
      leaveWhenSent();
    }
  }

  void leave(int status) {
    effects.add(new Effect.Quit(status));
  }
}
