package dev.knothole.client.app;

import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.RelayState;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.util.Optional;

/// Carries out slash commands.
final class Orders {
  private static final int MAX_HITS = 20;

  private final AppState state;
  private final Desk desk;

  Orders(AppState state, Desk desk) {
    this.state = state;
    this.desk = desk;
  }

  /// What cannot be done at once, because a host name must be looked up first, is returned.
  Optional<Effect> perform(Command command) {
    switch (command) {
      case Command.Help(var topic) -> Help.about(topic).forEach(this::answer);
      case Command.Connect(Target.Peer(var peer)) -> desk.connect(peer);
      case Command.Connect(Target.Host(var name, var port)) -> {
        answer("Looking " + name + " up ...");
        return Optional.of(new Effect.LookUp(name, port));
      }
      case Command.Disconnect(var where) -> find(where).ifPresent(desk::disconnect);
      case Command.Message(var to, var text) -> message(to, text);
      case Command.Deed(var text) -> deed(text);
      case Command.Accept(var where) ->
          named(where).ifPresent(chat -> introducer().accept(chat, nameOf(chat)));
      case Command.Reject(var where) ->
          named(where).ifPresent(chat -> introducer().reject(chat, nameOf(chat)));
      case Command.Block(var name, var blocked) ->
          introducer().block(desk.openPrivate(name), name, blocked);
      case Command.Verify(var where) ->
          named(where).ifPresent(chat -> introducer().verify(chat, nameOf(chat)));
      case Command.Trust(var name) -> introducer().trust(desk.openPrivate(name), name);
      case Command.TrustRelay _ -> introducer().trustRelay();
      case Command.ShowFingerprint(var where) ->
          find(where).ifPresent(chat -> introducer().fingerprints(chat.name()));
      case Command.ShowQueue _ -> queue();
      case Command.Unsend _ -> unsend();
      case Command.Retry _ -> retry();
      case Command.Search(var words) -> desk.toDisk(new HistoryInput.Search(words, MAX_HITS));
      case Command.ShowHistory(var count) -> history(count);
      case Command.Export(var file) ->
          named(new Where.Here())
              .ifPresent(chat -> desk.toDisk(new HistoryInput.Export(nameOf(chat), file)));
      case Command.SetAway(var reason) -> away(reason);
      case Command.Nick(var name) when name.equals(state.name()) ->
          answer("You are " + name + " already.");
      case Command.Nick(var name) -> {
        state.name(name);
        answer("You are " + name + " now; the relay is being told.");
        desk.toNetwork(new PeerInput.SignIn(name));
      }
      case Command.Peers() -> peers();
      case Command.Status() -> info();
      case Command.Ping(var where) -> find(where).ifPresent(this::ping);
      case Command.Clear() -> state.active().clear();
      case Command.Quit() -> desk.departure().quit();
    }
    return Optional.empty();
  }

  private void answer(String text) {
    desk.notice(state.active(), text);
  }

  private Optional<Chat> find(Where where) {
    return switch (where) {
      case Where.Here _ -> Optional.of(state.active());
      case Where.In(var id) -> {
        var chat = state.find(id);
        if (chat.isEmpty()) {
          desk.problem(state.active(), "You have no chat with " + id + ". /peers lists them.");
        }
        yield chat;
      }
    };
  }

  private Introducer introducer() {
    return desk.introducer();
  }

  /// The chat, if it is with somebody who has a name.
  private Optional<Chat> named(Where where) {
    var chat = find(where);
    if (chat.isPresent() && chat.get().name().isEmpty()) {
      desk.problem(
          state.active(), "This is no chat with somebody by name. Say whom you mean, or open it.");
      return Optional.empty();
    }
    return chat;
  }

  private static Username nameOf(Chat chat) {
    return chat.name().orElseThrow();
  }

  private void deed(String text) {
    var chat = state.active();
    if (desk.post().takes(chat)) {
      desk.post().say(chat, nameOf(chat), Kind.ACTION, text);
    } else {
      desk.say(chat, "* " + state.name() + " " + text);
    }
  }

  private void queue() {
    var waiting = desk.post().waiting();
    if (waiting.isEmpty()) {
      answer("Nothing waits: all that you said was delivered.");
    }
    for (var message : waiting) {
      answer("To " + message.chat() + ": " + message.text());
    }
  }

  private void unsend() {
    named(new Where.Here())
        .filter(chat -> !desk.post().unsend(nameOf(chat)))
        .ifPresent(chat -> desk.problem(chat, "Everything said here has gone out already."));
  }

  private void retry() {
    if (state.relay() instanceof RelayState.Superseded) {
      answer("Signing in here again ...");
      desk.toNetwork(new PeerInput.SignIn(state.name()));
      return;
    }
    if (desk.post().waiting().isEmpty()) {
      answer("Nothing waits: all that you said was delivered.");
    } else {
      answer("Trying to reach everybody that lines wait for ...");
      desk.post().retry();
    }
  }

  private void history(int count) {
    named(new Where.Here())
        .ifPresent(
            chat ->
                desk.post()
                    .oldest(chat)
                    .ifPresentOrElse(
                        id -> desk.toDisk(new HistoryInput.Recall(nameOf(chat), id, count)),
                        () -> answer("There is nothing earlier here.")));
  }

  private void away(String reason) {
    boolean isBack = reason.isEmpty() && state.away().isPresent();
    state.away(isBack ? Optional.empty() : Optional.of(reason));
    answer(isBack ? "You are back." : "You are away. /away once more says that you are back.");
    desk.post().away();
  }

  /// A message to somebody not connected yet waits for the connection.
  private void message(PeerId peer, String text) {
    var here = state.active();
    desk.reach(peer)
        .filter(chat -> desk.say(chat, text) && chat != here)
        .ifPresent(chat -> desk.notice(here, told(chat) + text));
  }

  private static String told(Chat chat) {
    return "To " + chat.title() + (chat.isOpen() ? ": " : ", when there is a connection: ");
  }

  private void peers() {
    var chats = state.chats().stream().filter(chat -> chat.peer().isPresent()).toList();
    if (chats.isEmpty()) {
      answer("You have no chats yet. /connect NAME opens one.");
    }
    for (var chat : chats) {
      String number = "Alt-" + (state.chats().indexOf(chat) + 1) + "  ";
      String link = chat.link().map(l -> Sentences.link(l, state.now())).orElse("");
      answer(number + chat.title() + ": " + link + unread(chat));
    }
  }

  private static String unread(Chat chat) {
    return chat.unread() == 0 ? "" : ", " + chat.unread() + " unread";
  }

  private void info() {
    answer("Name: " + state.name());
    answer("Relay: " + Sentences.relayInFull(state.relay(), state.hosting(), state.now()));
    answer("Network: " + Sentences.natInFull(state.nat()));
    for (var chat : state.chats()) {
      chat.link()
          .ifPresent(link -> answer(chat.title() + ": " + Sentences.linkInFull(link, state.now())));
    }
  }

  private void ping(Chat chat) {
    if (chat.isOpen()) {
      chat.peer().map(PeerInput.Ping::new).ifPresent(desk::toNetwork);
    } else {
      desk.problem(state.active(), "There is no connection to " + chat.title() + " to measure.");
    }
  }
}
