package dev.knothole.client.app;

import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.RelayState;
import dev.knothole.client.peer.Way;
import dev.knothole.client.text.Sanitizer;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Fingerprint;
import java.util.Optional;

/// Who may talk to us, and whether they are who they were.
final class Introducer {
  private final AppState state;
  private final Desk desk;
  private final Contacts contacts;
  private final Post post;
  private final Preferences preferences;

  Introducer(AppState state, Desk desk, Contacts contacts, Post post, Preferences preferences) {
    this.state = state;
    this.desk = desk;
    this.contacts = contacts;
    this.post = post;
    this.preferences = preferences;
  }

  Contacts contacts() {
    return contacts;
  }

  // Calls

  /// Known contacts are let in, strangers wait for the user.
  void calling(Username peer, Fingerprint key) {
    if (contacts.isBlocked(peer)) {
      desk.toNetwork(new PeerInput.Reject(peer));
      return;
    }
    var standing = contacts.judge(peer, key);
    if (standing == Standing.CHANGED) {
      var chat = desk.openPrivate(peer);
      chat.prompt(new Prompt.Calling(key));
      keyChanged(chat, peer);
    } else if (contacts.isKnown(peer)) {
      desk.toNetwork(new PeerInput.Accept(peer));
    } else {
      var chat = desk.openPrivate(peer);
      boolean isNews = !chat.prompt().equals(Optional.of(new Prompt.Calling(key)));
      chat.prompt(new Prompt.Calling(key));
      if (isNews) {
        ask(chat, chat.title() + " wants to talk to you. /accept, /reject or /block?");
      }
    }
  }

  void callingPlainly(Username peer) {
    var chat = desk.openPrivate(peer);
    chat.prompt(new Prompt.CallingPlainly());
    ask(
        chat,
        chat.title()
            + " wants to talk to you without encryption, and nothing proves who it is."
            + " /accept or /reject?");
  }

  void plainOnly(Username peer) {
    var chat = desk.openPrivate(peer);
    chat.prompt(new Prompt.PlainOnly());
    ask(
        chat,
        chat.title()
            + " can be reached without encryption only: anybody on the way can read along."
            + " /accept or /reject?");
  }

  /// In the chat, and on the page in view if that is another one.
  private void ask(Chat chat, String question) {
    desk.notice(chat, question);
    if (state.active() == state.home() && state.home().editor().draft().isEmpty()) {
      state.show(chat);
    } else if (chat != state.active()) {
      chat.countUnread();
      String number = "Alt-" + (state.chats().indexOf(chat) + 1) + " opens the chat.";
      desk.notice(state.active(), question + " " + number);
    }
  }

  /// The relay speaks links after all: nobody has to do without encryption who was to be reached.
  void encrypted() {
    for (var chat : state.chats()) {
      if (chat.prompt().orElse(null) instanceof Prompt.PlainOnly) {
        chat.prompt(null);
        chat.peer().ifPresent(peer -> desk.toNetwork(new PeerInput.Connect(peer)));
      }
    }
  }

  void callEnded(Username peer) {
    state
        .find(new ChatId.With(new PeerId.Named(peer)))
        .filter(chat -> chat.prompt().isPresent())
        .ifPresent(
            chat -> {
              chat.prompt(null);
              desk.notice(chat, chat.title() + " does not wait for an answer any more.");
            });
  }

  void accept(Chat chat, Username peer) {
    switch (chat.prompt().orElse(null)) {
      case Prompt.Calling _ when isChanged(chat) ->
          desk.problem(chat, "The key of " + chat.title() + " has changed: /trust comes first.");
      case Prompt.Calling _, Prompt.CallingPlainly _ -> {
        chat.prompt(null);
        chat.markRead();
        chat.link(new Link.Asking());
        desk.toNetwork(new PeerInput.Accept(peer));
      }
      case Prompt.PlainOnly _ -> {
        chat.prompt(null);
        desk.toNetwork(new PeerInput.ConnectPlainly(peer));
      }
      case Prompt.Verify _ -> desk.problem(chat, "Type y or n: do the six words match?");
      case null -> desk.problem(state.active(), "Nobody waits for an answer here.");
    }
  }

  void reject(Chat chat, Username peer) {
    switch (chat.prompt().orElse(null)) {
      case Prompt.Calling _, Prompt.CallingPlainly _ -> {
        chat.prompt(null);
        desk.toNetwork(new PeerInput.Reject(peer));
        desk.notice(chat, "Rejected.");
      }
      case Prompt.PlainOnly _ -> {
        chat.prompt(null);
        desk.toNetwork(new PeerInput.HangUp(new PeerId.Named(peer)));
      }
      case Prompt.Verify _ -> answer(chat, peer, false);
      case null -> desk.problem(state.active(), "Nobody waits for an answer here.");
    }
  }

  void block(Chat chat, Username peer, boolean blocked) {
    var key =
        chat.prompt().orElse(null) instanceof Prompt.Calling(var shown)
            ? Optional.of(shown)
            : contacts.key(peer);
    if (key.isEmpty()) {
      desk.problem(
          chat, "The key of " + chat.title() + " is not known, so there is nothing to do.");
      return;
    }
    contacts.block(peer, key.get(), blocked, state.now());
    if (blocked) {
      chat.prompt(null);
      desk.toNetwork(new PeerInput.Reject(peer));
      desk.toNetwork(new PeerInput.HangUp(new PeerId.Named(peer)));
    }
    desk.notice(
        chat,
        blocked
            ? chat.title() + " is blocked: their calls are refused. /unblock lets them in again."
            : chat.title() + " may call you again.");
  }

  // Keys

  private static boolean isChanged(Chat chat) {
    return chat.standing().filter(Standing.CHANGED::equals).isPresent();
  }

  boolean mayReach(Chat chat) {
    if (isChanged(chat)) {
      chat.name().ifPresent(peer -> keyChanged(chat, peer));
      return false;
    }
    var hurdle = hurdle();
    if (hurdle.isPresent() && chat.name().isPresent()) {
      desk.problem(chat, hurdle.get());
      return false;
    }
    return true;
  }

  /// Why nobody can be called at this relay now.
  private Optional<String> hurdle() {
    return switch (state.relay()) {
      case RelayState.NameTaken(_, var name) ->
          Optional.of(
              "The name "
                  + Sanitizer.line(name.value())
                  + " belongs to somebody else at this relay, so nobody can be called. Take another"
                  + " one with /nick NAME first.");
      case RelayState.Superseded _ ->
          Optional.of("You have signed in elsewhere. /retry signs in here again.");
      case RelayState.KeyChanged _ ->
          Optional.of(
              "The key of the relay has changed, so nobody can be called. /trust relay accepts it.");
      case RelayState.None _,
          RelayState.Registering _,
          RelayState.Online _,
          RelayState.SignedIn _,
          RelayState.Silent _ ->
          Optional.empty();
    };
  }

  private void keyChanged(Chat chat, Username peer) {
    chat.standing(Standing.CHANGED);
    desk.problem(
        chat,
        "THE KEY OF "
            + chat.title()
            + " HAS CHANGED. Perhaps they have a new computer; perhaps somebody else answers in"
            + " their name. Ask them by another way. Nothing is sent or taken until /trust "
            + chat.title()
            + ".");
    desk.toNetwork(new PeerInput.HangUp(new PeerId.Named(peer)));
  }

  void trust(Chat chat, Username peer) {
    if (!contacts.trust(peer, state.now())) {
      desk.problem(state.active(), "The key of " + peer + " has not changed.");
      return;
    }
    chat.standing(Standing.KNOWN);
    chat.prompt(null);
    desk.notice(chat, "The new key of " + chat.title() + " is trusted. /verify compares it.");
    desk.connect(new PeerId.Named(peer));
  }

  void trustRelay() {
    if (!(state.relay() instanceof RelayState.KeyChanged(var relay, var seen))) {
      desk.problem(state.active(), "The key of the relay has not changed.");
      return;
    }
    pinRelay(relay, seen);
    desk.toNetwork(new PeerInput.PinRelay(relay, seen));
    desk.notice(state.active(), "The new key of the relay is trusted.");
  }

  void pinRelay(Endpoint relay, Fingerprint key) {
    desk.toDisk(new HistoryInput.KeepRelay(relay, key));
  }

  void verify(Chat chat, Username peer) {
    var key = contacts.key(peer);
    if (key.isEmpty() || isChanged(chat)) {
      desk.problem(
          state.active(), "There is no key of " + peer + " to verify. Connect to them first.");
      return;
    }
    desk.notice(chat, "Read these words to each other, by telephone for example:");
    desk.notice(chat, "    " + SafetyWords.of(preferences.own(), key.get()));
    desk.notice(chat, "Does " + chat.title() + " see the same six? Type y or n.");
    chat.prompt(new Prompt.Verify());
  }

  /// Whether a line answers the question of the words.
  boolean takes(Chat chat, String line) {
    String word = line.strip();
    boolean answers = word.equalsIgnoreCase("y") || word.equalsIgnoreCase("n");
    var peer = chat.name();
    if (!answers || peer.isEmpty() || !(chat.prompt().orElse(null) instanceof Prompt.Verify)) {
      return false;
    }
    answer(chat, peer.get(), word.equalsIgnoreCase("y"));
    return true;
  }

  private void answer(Chat chat, Username peer, boolean same) {
    chat.prompt(null);
    if (same) {
      contacts.verify(peer);
      chat.standing(Standing.VERIFIED);
      desk.notice(chat, chat.title() + " is verified now.");
    } else {
      desk.problem(
          chat,
          "Then somebody is between you, or one of you talks to somebody else. Do not trust this"
              + " chat; try another relay, and compare again.");
    }
  }

  void fingerprints(Optional<Username> peer) {
    var here = state.active();
    desk.notice(here, "You: " + grouped(preferences.own()));
    peer.ifPresent(
        name ->
            contacts
                .key(name)
                .ifPresentOrElse(
                    key -> desk.notice(here, Sanitizer.line(name.value()) + ": " + grouped(key)),
                    () -> desk.problem(here, "The key of " + name + " is not known yet.")));
  }

  static String grouped(Fingerprint key) {
    return key.hex().replaceAll("(.{4})(?!$)", "$1 ");
  }

  // Links

  void linkChanged(Chat chat, Link before, Link link) {
    var peer = chat.name();
    if (peer.isEmpty()) {
      return;
    }
    switch (link) {
      case Link.Private(var key, var way, _) -> isPrivate(chat, peer.get(), before, key, way);
      case Link.Unanswered _ when before instanceof Link.Private ->
          desk.notice(chat, chat.title() + " does not answer. What you say waits for them.");
      case Link.Ringing _ -> {
        chat.prompt(null);
        desk.notice(chat, chat.title() + " has been asked. Waiting for their answer ...");
      }
      case Link.Closed _, Link.Punching _ -> post.unlinked(peer.get());
      case Link.Asking _, Link.Open _, Link.Silent _, Link.Unanswered _ -> {}
    }
  }

  private void isPrivate(Chat chat, Username peer, Link before, Fingerprint key, Way way) {
    switch (before) {
      case Link.Private(_, var old, _) -> moved(chat, old, way);
      case Link.Unanswered(_, var old, _) -> {
        desk.notice(chat, chat.title() + " answers again.");
        moved(chat, old, way);
      }
      case Link.Asking _,
          Link.Punching _,
          Link.Ringing _,
          Link.Open _,
          Link.Silent _,
          Link.Closed _ ->
          met(chat, peer, key, way);
    }
  }

  private void met(Chat chat, Username peer, Fingerprint key, Way way) {
    chat.asked(false);
    chat.prompt(null);
    var standing = contacts.judge(peer, key);
    if (standing == Standing.CHANGED) {
      keyChanged(chat, peer);
      return;
    }
    contacts.pin(peer, key, state.now());
    chat.standing(standing);
    desk.notice(
        chat,
        "Connected to " + chat.title() + " " + standing.tag() + ", encrypted, " + how(way) + ".");
    for (var kept : chat.takeKept()) {
      desk.say(chat, kept);
    }
    post.linked(peer);
  }

  private static String how(Way way) {
    return switch (way) {
      case Way.Relayed _ -> "through the relay";
      case Way.Direct(var address) -> "directly to " + address;
      case Way.Lan(var address) -> "within your network to " + address;
    };
  }

  private void moved(Chat chat, Way old, Way way) {
    if (old.equals(way)) {
      return;
    }
    desk.notice(
        chat,
        switch (way) {
          case Way.Relayed _ -> "The direct way fell silent, so this chat goes through the relay.";
          case Way.Direct _, Way.Lan _ when old instanceof Way.Relayed ->
              "A direct way was found: this chat goes " + how(way) + ".";
          case Way.Direct _, Way.Lan _ -> "This chat goes " + how(way) + " now.";
        });
  }

  /// Tags of chats as they are remembered.
  void recalled() {
    for (var chat : state.chats()) {
      chat.name().flatMap(contacts::standing).ifPresent(chat::standing);
    }
  }
}
