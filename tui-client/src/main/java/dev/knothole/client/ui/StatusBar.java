package dev.knothole.client.ui;

import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Chat;
import dev.knothole.client.app.Sentences;
import dev.knothole.client.peer.NatState;
import dev.knothole.client.peer.RelayState;
import dev.knothole.client.text.CellWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The row above the input line. What does not fit is left out, the least important first.
final class StatusBar {
  private static final String GAP = " │ ";

  private StatusBar() {}

  /// @param importance 0 is left out last
  private record Segment(int importance, String text) {}

  static void paint(AppState state, Layout layout, TextGraphics graphics, CellWidth widths) {
    int columns = layout.size().getColumns();
    (Sentences.isRelaySilent(state) ? Theme.BAR_WARNING : Theme.BAR).on(graphics);
    String text = " " + text(segments(state), columns - 2, widths);
    graphics.putString(0, layout.statusRow(), Row.fit(text, columns, widths));
  }

  private static String text(List<Segment> segments, int columns, CellWidth widths) {
    var shown = new ArrayList<>(segments);
    while (shown.size() > 1 && widths.of(join(shown)) > columns) {
      shown.remove(shown.stream().max(Comparator.comparingInt(Segment::importance)).orElseThrow());
    }
    return join(shown);
  }

  private static String join(List<Segment> segments) {
    return segments.stream().map(Segment::text).collect(Collectors.joining(GAP));
  }

  private static List<Segment> segments(AppState state) {
    var segments = new ArrayList<Segment>();
    segments.add(new Segment(3, name(state)));
    if (state.hosting()) {
      segments.add(new Segment(5, "relay: hosted here"));
    }
    var chat = state.active();
    chat.link().ifPresent(link -> segments.add(new Segment(1, link(state, chat))));
    activity(state, segments);
    if (!chat.anchor().atBottom()) {
      segments.add(new Segment(0, below(chat)));
    }
    if (!(state.nat() instanceof NatState.Unknown)) {
      segments.add(new Segment(6, Sentences.nat(state.nat())));
    }
    return segments;
  }

  /// Always tells the own name, also when the relay's state does not.
  private static String name(AppState state) {
    String relay = Sentences.relay(state);
    boolean saysName =
        state.relay() instanceof RelayState.Online || state.relay() instanceof RelayState.SignedIn;
    return saysName ? relay : state.name() + ": " + relay;
  }

  private static String link(AppState state, Chat chat) {
    return chat.title()
        + " "
        + chat.link().map(link -> Sentences.link(link, state.now())).orElse("");
  }

  private static void activity(AppState state, List<Segment> segments) {
    String numbers =
        IntStream.range(0, state.chats().size())
            .filter(at -> state.chats().get(at) != state.active())
            .filter(at -> state.chats().get(at).unread() > 0)
            .mapToObj(at -> String.valueOf(at + 1))
            .collect(Collectors.joining(","));
    if (!numbers.isEmpty()) {
      segments.add(new Segment(2, "new: " + numbers));
    }
  }

  private static String below(Chat chat) {
    return chat.unread() > 0 ? chat.unread() + " new below" : "scrolled up";
  }
}
