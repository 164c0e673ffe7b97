package dev.knothole.client.ui;

import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Chat;
import dev.knothole.client.peer.Link;
import dev.knothole.client.text.CellWidth;

/// The chats, with the number that Alt opens them by, how their connection stands, and what is new:
/// `2 +bob 3`.
final class PeerList {
  private static final int MIN_WIDTH = 12;
  private static final int MAX_WIDTH = 22;

  private PeerList() {}

  /// Columns it would like to have, border included.
  static int width(AppState state, CellWidth widths) {
    int longest = 0;
    for (var chat : state.chats()) {
      longest = Math.max(longest, widths.of(chat.title()));
    }
    return state.peerListShown() ? Math.clamp(longest + 6L, MIN_WIDTH, MAX_WIDTH) : 0;
  }

  static void paint(AppState state, Layout layout, TextGraphics graphics, CellWidth widths) {
    int columns = layout.listWidth() - 1;
    int first = firstShown(state, layout.messageRows());
    for (int row = 0; row < layout.messageRows(); row++) {
      int at = first + row;
      if (at < state.chats().size()) {
        entry(state, at, layout.titleRows() + row, columns, graphics, widths);
      }
      Theme.BORDER.on(graphics);
      graphics.putString(columns, layout.titleRows() + row, "│");
    }
  }

  /// The open chat is always among those shown.
  private static int firstShown(AppState state, int rows) {
    int active = state.chats().indexOf(state.active());
    return Math.max(0, active - rows + 1);
  }

  private static void entry(
      AppState state, int at, int row, int columns, TextGraphics graphics, CellWidth widths) {
    var chat = state.chats().get(at);
    String count = chat.unread() == 0 ? "" : " " + Math.min(chat.unread(), 999);
    String text = (at + 1) + " " + mark(chat) + chat.title();
    style(state, chat).on(graphics);
    graphics.putString(0, row, Row.fit(text, columns - count.length(), widths) + count);
  }

  private static Theme style(AppState state, Chat chat) {
    if (chat == state.active()) {
      return Theme.SELECTED;
    }
    return chat.unread() > 0 ? Theme.UNREAD : Theme.PLAIN;
  }

  private static String mark(Chat chat) {
    return chat.link()
        .map(
            link ->
                switch (link) {
                  case Link.Asking _, Link.Punching _, Link.Ringing _ -> "~";
                  case Link.Open _, Link.Private _ -> "+";
                  case Link.Silent _, Link.Unanswered _ -> "?";
                  case Link.Closed _ -> "-";
                })
        .orElse("");
  }
}
