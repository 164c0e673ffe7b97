package dev.knothole.client.ui;

import com.googlecode.lanterna.input.KeyStroke;
import dev.knothole.client.app.AppState;
import dev.knothole.client.app.Chat;
import dev.knothole.client.app.ChatId;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.app.Hands;
import dev.knothole.client.app.Line;
import dev.knothole.client.ui.term.FullScreen;
import dev.knothole.client.ui.term.NoTerminal;
import dev.knothole.client.ui.term.TermEvent;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/// The full-screen front end on a real terminal.
public final class Tui implements FrontEnd<TermEvent> {
  private final FullScreen screen;
  private final Window window;

  private Tui(FullScreen screen, Window window) {
    this.screen = screen;
    this.window = window;
  }

  /// Takes the terminal over and starts reading it.
  ///
  /// @param zone in which times are shown
  /// @param sink gets every input; may block to slow the reader down
  /// @throws NoTerminal when there is none that can show a full screen
  public static Tui open(ZoneId zone, Consumer<TermEvent> sink) throws NoTerminal {
    var screen = FullScreen.open(sink);
    return new Tui(screen, new Window(screen.widths(), zone));
  }

  @Override
  public Hands hands() {
    return Hands.ON_KEYS;
  }

  /// Two keys are about the terminal alone: Ctrl-L repaints it, Ctrl-Z gives it back for a while.
  @Override
  public List<Event> read(TermEvent input, AppState state) {
    if (input instanceof TermEvent.Key(var stroke) && isCtrl(stroke, 'l')) {
      screen.repaint();
      return List.of();
    }
    if (input instanceof TermEvent.Key(var stroke) && isCtrl(stroke, 'z')) {
      return screen.suspend()
          ? List.of()
          : List.of(new Event.Told("There is no shell here that could bring the program back."));
    }
    return window.read(input, state, screen.size());
  }

  private static boolean isCtrl(KeyStroke stroke, char letter) {
    return stroke.isCtrlDown() && stroke.getCharacter() != null && stroke.getCharacter() == letter;
  }

  /// Nothing to do: it is painted from the state.
  @Override
  public void appended(AppState state, ChatId chat, Line line) {}

  @Override
  public boolean show(AppState state) {
    var graphics = screen.graphics();
    screen.setCursor(window.paint(state, graphics.getSize(), graphics));
    screen.setTitle(title(state));
    return screen.refresh();
  }

  private static String title(AppState state) {
    int unread = state.chats().stream().mapToInt(Chat::unread).sum();
    String count = unread == 0 ? "" : " (" + unread + ")";
    return "Knothole"
        + state.active().peer().map(peer -> ": " + state.active().title()).orElse("")
        + count;
  }

  @Override
  public void close() {
    screen.close();
  }
}
