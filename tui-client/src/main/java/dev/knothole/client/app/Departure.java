package dev.knothole.client.app;

import java.util.List;

/// The end of the program: at once, or when what was said has gone out. A script is told by the
/// status when something could not be sent.
final class Departure {
  private final AppState state;
  private final Hands hands;
  private final Desk desk;
  private final List<Effect> effects;
  private boolean leaving;
  private boolean lost;

  /// @param effects where to put what must be done
  Departure(AppState state, Hands hands, Desk desk, List<Effect> effects) {
    this.state = state;
    this.hands = hands;
    this.desk = desk;
    this.effects = effects;
  }

  /// Something that was to be sent was not.
  void lost() {
    lost = true;
  }

  /// Something that the end may have waited for.
  void somethingChanged() {
    if (leaving) {
      whenSent();
    }
  }

  /// Ends the program once no line waits for a connection any more.
  void whenSent() {
    var waiting = state.chats().stream().filter(this::holdsUs).toList();
    boolean kept =
        state.chats().stream().anyMatch(c -> desk.post().isWaitingFor(c) || c.waiting() > 0);
    lost |= kept && waiting.isEmpty();
    if (waiting.isEmpty()) {
      now(lost && hands == Hands.ON_LINES ? 1 : 0);
    } else if (!leaving) {
      leaving = true;
      desk.notice(
          waiting.getFirst(),
          "Leaving when your words to "
              + waiting.getFirst().title()
              + " are sent."
              + (hands == Hands.ON_KEYS ? " /quit leaves now." : ""));
    }
  }

  /// Words that wait for a peer who is not there are on the disk; a script still wants to know.
  private boolean holdsUs(Chat chat) {
    boolean mayArrive = chat.isPrivate() || (hands == Hands.ON_LINES && chat.canSend());
    boolean isAsked = chat.prompt().isPresent();
    return (chat.waiting() > 0 && !isAsked) || (desk.post().isWaitingFor(chat) && mayArrive);
  }

  /// What `/quit` does.
  void quit() {
    if (leaving) {
      now(0);
    } else {
      whenSent();
    }
  }

  void now(int status) {
    effects.add(new Effect.Quit(status));
  }
}
