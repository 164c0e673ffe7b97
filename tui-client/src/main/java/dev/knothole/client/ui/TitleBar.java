package dev.knothole.client.ui;

import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Chat;
import dev.knothole.client.text.CellWidth;

/// The top row: which chat this is, and that it can be read by others.
final class TitleBar {
  private TitleBar() {}

  static void paint(AppState state, Layout layout, TextGraphics graphics, CellWidth widths) {
    Theme.BAR.on(graphics);
    String text = " " + state.active().title() + subtitle(state, state.active());
    graphics.putString(0, 0, Row.fit(text, layout.size().getColumns(), widths));
  }

  private static String subtitle(AppState state, Chat chat) {
    if (chat.peer().isEmpty()) {
      return "  a chat from terminal to terminal  (F1 help)";
    }
    String standing = chat.standing().map(known -> " " + known.tag()).orElse("");
    if (chat.isPlain()) {
      return "  not encrypted: anybody on the way can read along";
    }
    String doing = state.isTyping(chat) ? ", typing ..." : chat.away() ? ", away" : "";
    return standing + (chat.isPrivate() ? "  encrypted" + doing : "  not connected");
  }
}
