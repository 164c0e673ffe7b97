package dev.knothole.client.ui;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.Anchor;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Event;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.ui.term.TermEvent;
import java.time.ZoneId;
import java.util.List;

/// The whole screen, without a terminal.
public final class Window {
  private final CellWidth widths;
  private final ZoneId zone;

  /// @param zone in which times are shown
  public Window(CellWidth widths, ZoneId zone) {
    this.widths = widths;
    this.zone = zone;
  }

  /// What an input means on a screen of this size.
  public List<Event> read(TermEvent input, AppState state, TerminalSize size) {
    return switch (input) {
      case TermEvent.Text(var text) -> List.of(new Event.Typed(text));
      case TermEvent.Paste(var text) -> List.of(new Event.Pasted(text));
      case TermEvent.Key(var stroke) ->
          switch (Keys.meaning(stroke)) {
            case Keys.Meaning.Do(var event) -> List.of(event);
            case Keys.Meaning.Scroll(var scroll) -> scroll(scroll, state, size);
            case Keys.Meaning.Nothing _ -> List.of();
          };
      case TermEvent.Closed(var signal) when signal > 0 -> List.of(new Event.Signalled(signal));
      case TermEvent.Closed _ -> List.of(new Event.Signalled(HANGUP));
      case TermEvent.Focus _, TermEvent.Mouse _, TermEvent.Resized _, TermEvent.Resumed _ ->
          List.of();
    };
  }

  /// A terminal that ends its input has hung up, whether or not the signal arrives.
  private static final int HANGUP = 1;

  private List<Event> scroll(Keys.Scroll scroll, AppState state, TerminalSize size) {
    var layout = layout(state, size, input(state, size));
    var view = new MessageView(state.active(), layout, widths, zone);
    int page = Math.max(1, layout.messageRows() - 1);
    var chat = state.active();
    boolean typing = !chat.editor().draft().isEmpty();
    return switch (scroll) {
      case PAGE_UP -> List.of(new Event.ScrolledTo(view.scrolled(page)));
      case PAGE_DOWN -> List.of(new Event.ScrolledTo(view.scrolled(-page)));
      case TOP -> List.of(new Event.ScrolledTo(view.top()));
      case BOTTOM -> List.of(new Event.ScrolledTo(Anchor.BOTTOM));
      case END ->
          typing || chat.anchor().atBottom()
              ? List.of(new Event.Acted(dev.knothole.client.app.Action.LINE_END))
              : List.of(new Event.ScrolledTo(Anchor.BOTTOM));
    };
  }

  /// Paints every cell.
  ///
  /// @return where the cursor is
  public TerminalPosition paint(AppState state, TerminalSize size, TextGraphics graphics) {
    Theme.PLAIN.on(graphics);
    graphics.fill(' ');
    var input = input(state, size);
    var layout = layout(state, size, input);
    if (layout.tooSmall()) {
      graphics.putString(0, 0, Row.cut("too small", size.getColumns(), widths));
      return TerminalPosition.TOP_LEFT_CORNER;
    }
    if (layout.titleRows() > 0) {
      TitleBar.paint(state, layout, graphics, widths);
    }
    if (layout.listWidth() > 0) {
      PeerList.paint(state, layout, graphics, widths);
    }
    new MessageView(state.active(), layout, widths, zone)
        .paint(layout.listWidth(), layout.titleRows(), graphics);
    if (layout.statusRows() > 0) {
      StatusBar.paint(state, layout, graphics, widths);
    }
    return input.paint(layout, graphics);
  }

  private InputView input(AppState state, TerminalSize size) {
    return new InputView(state.active().editor().draft(), size.getColumns(), widths);
  }

  private Layout layout(AppState state, TerminalSize size, InputView input) {
    return Layout.of(size, PeerList.width(state, widths), input.rows());
  }
}
