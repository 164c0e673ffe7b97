package dev.knothole.client.app;

import java.util.ArrayList;
import java.util.List;

/// The input line of one chat: the draft, what was cut from it, and what was sent before.
public final class Editor {
  /// Entries kept for the Up key, per chat.
  private static final int MAX_HISTORY = 500;

  private final List<String> history = new ArrayList<>();
  private Draft draft = Draft.EMPTY;

  /// What was being written when the walk through the history began.
  private String unsent = "";

  private int historyAt;
  private String killed = "";

  public Draft draft() {
    return draft;
  }

  void draft(Draft changed) {
    draft = changed;
  }

  void insert(String text) {
    draft = draft.insert(text);
  }

  /// Takes the draft as sent: it is remembered, and the line is empty again.
  void accept() {
    var text = draft.text();
    if (!text.isBlank() && (history.isEmpty() || !history.getLast().equals(text))) {
      history.add(text);
      if (history.size() > MAX_HISTORY) {
        history.removeFirst();
      }
    }
    clear();
  }

  void clear() {
    draft = Draft.EMPTY;
    historyAt = history.size();
    unsent = "";
  }

  void up() {
    if (!draft.onFirstLine()) {
      draft = draft.lineUp();
    } else if (historyAt > 0) {
      if (historyAt == history.size()) {
        unsent = draft.text();
      }
      historyAt--;
      draft = Draft.of(history.get(historyAt));
    }
  }

  void down() {
    if (!draft.onLastLine()) {
      draft = draft.lineDown();
    } else if (historyAt < history.size()) {
      historyAt++;
      draft = Draft.of(historyAt == history.size() ? unsent : history.get(historyAt));
    }
  }

  /// Deletes up to `end`, keeping the text for [#yank].
  void kill(Draft end) {
    if (end.cursor() != draft.cursor()) {
      killed = draft.between(end);
      draft = draft.without(end);
    }
  }

  void yank() {
    insert(killed);
  }
}
