package dev.knothole.client.app;

import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import java.util.Optional;

/// Carries out slash commands.
final class Orders {
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
      case Command.Quit() -> desk.quit();
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
