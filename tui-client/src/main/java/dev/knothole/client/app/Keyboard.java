package dev.knothole.client.app;

import java.util.List;

/// The editing keys, on the draft of the open chat.
final class Keyboard {
  private final AppState state;
  private Completion offered = new Completion(0, List.of());
  private int offer;

  /// The draft that the last completion left; any other means that a new word is to be completed.
  private Draft completed = Draft.EMPTY;

  Keyboard(AppState state) {
    this.state = state;
  }

  void edit(Action action) {
    var editor = state.active().editor();
    var draft = editor.draft();
    switch (action) {
      case NEW_LINE -> editor.insert("\n");
      case LEFT -> editor.draft(draft.left());
      case RIGHT -> editor.draft(draft.right());
      case WORD_LEFT -> editor.draft(draft.wordLeft());
      case WORD_RIGHT -> editor.draft(draft.wordRight());
      case LINE_START -> editor.draft(draft.lineStart());
      case LINE_END -> editor.draft(draft.lineEnd());
      case BACKSPACE -> editor.draft(draft.without(draft.left()));
      case DELETE -> editor.draft(draft.without(draft.right()));
      case DELETE_WORD_LEFT -> editor.kill(draft.wordLeft());
      case DELETE_TO_BLANK -> editor.kill(draft.blankWordLeft());
      case DELETE_WORD_RIGHT -> editor.kill(draft.wordRight());
      case KILL_TO_START -> editor.kill(draft.lineStart());
      case KILL_TO_END -> editor.kill(draft.lineEnd());
      case YANK -> editor.yank();
      case TRANSPOSE -> editor.draft(draft.transpose());
      case UP -> editor.up();
      case DOWN -> editor.down();
      case COMPLETE -> complete(editor, 1);
      case COMPLETE_BACK -> complete(editor, -1);
      case CANCEL -> state.active().anchor(Anchor.BOTTOM);
      case SEND,
          NEXT_CHAT,
          PREVIOUS_CHAT,
          NEXT_ACTIVE_CHAT,
          TOGGLE_PEER_LIST,
          HELP,
          INTERRUPT,
          END_OF_INPUT ->
          throw new AssertionError(action + " is not an editing key");
    }
  }

  /// The first Tab puts the first candidate, each further one the next.
  private void complete(Editor editor, int step) {
    boolean goesRound = editor.draft().equals(completed) && offered.candidates().size() > 1;
    if (!goesRound) {
      offered = Completion.of(editor.draft().beforeCursor(), state.names());
      offer = step > 0 ? -1 : 0;
    }
    if (offered.candidates().isEmpty()) {
      return;
    }
    offer = Math.floorMod(offer + step, offered.candidates().size());
    var start = editor.draft().at(offered.from());
    editor.draft(editor.draft().without(start).insert(offered.candidates().get(offer) + suffix()));
    completed = editor.draft();
  }

  /// A command that can only be this one is followed by a space.
  private String suffix() {
    boolean whole =
        offered.candidates().size() == 1 && offered.candidates().getFirst().startsWith("/");
    return whole ? " " : "";
  }
}
