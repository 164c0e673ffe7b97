package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.screen.Screen;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The whole terminal, taken over from [#open(Consumer)] to [#close()].
///
/// Drawing belongs to one thread. Events come from other threads, in order; a consumer that blocks
/// holds back the ones behind. Whatever ends the program, the terminal is given back as it was
/// found: by `close`, by the shutdown hook, and while the program is suspended.
public final class FullScreen implements AutoCloseable {
  /// A terminal that takes nothing for so long is not waited for until it takes something again.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofMillis(500);
  private static final int MAX_TITLE_CHARS = 120;

  /// Ends a sequence that a frame given up half-way may have left open.
  private static final String CANCEL = "\030";

  /// Alternate screen, bracketed paste, focus reports; no wrap at the end of a row, so that a
  /// cluster drawn wider than expected stays in it.
  private static final String ENTER = "\033[?1049h\033[?2004h\033[?1004h\033[?7l";

  private static final String LEAVE =
      "\033[?2026l\033[r\033[m\033[?7h\033[?1004l\033[?2004l\033[?25h";
  private static final String LEAVE_SCREEN = "\033[?1049l";
  private static final String SAVE_TITLE = "\033[22;0t";
  private static final String RESTORE_TITLE = "\033[23;0t";

  private enum Stage {
    DRAWING,
    SUSPENDED,
    CLOSED
  }

  private final Tty tty;
  private final TermCaps caps;
  private final Consumer<TermEvent> sink;
  private final AppScreen screen;
  private final Signals signals = new Signals();
  private final ReentrantLock lock = new ReentrantLock();
  private Stage stage = Stage.DRAWING;
  private boolean stale;
  private boolean stalled;
  private String title = "";

  private FullScreen(Tty tty, TermCaps caps, Consumer<TermEvent> sink) {
    this.tty = tty;
    this.caps = caps;
    this.sink = sink;
    this.screen = new AppScreen(tty::size, caps, this::send);
  }

  /// Takes the terminal of the process over.
  ///
  /// @param sink takes the events, on threads of the terminal's own
  public static FullScreen open(Consumer<TermEvent> sink) throws NoTerminal {
    var environment = System.getenv();
    if (!TermCaps.fullScreen(environment)) {
      throw new NoTerminal("The terminal (TERM) is unknown or cannot place text");
    }
    var full = new FullScreen(Tty.open(), TermCaps.of(environment), sink);
    Runtime.getRuntime().addShutdownHook(new Thread(full::close, "terminal-restore"));
    full.enter();
    full.signals.handle("WINCH", _ -> sink.accept(new TermEvent.Resized(full.tty.size())));
    full.signals.handle("TSTP", _ -> full.suspend());
    full.signals.handle("CONT", _ -> full.resume());
    for (String end : List.of("INT", "TERM", "HUP")) {
      full.signals.handle(end, number -> sink.accept(new TermEvent.Closed(number)));
    }
    KeyReader.start(full.tty, sink);
    return full;
  }

  /// A brush for the next frame, which holds what was drawn before unless the size is another. To
  /// be asked for anew in each frame.
  public TextGraphics graphics() {
    screen.doResizeIfNecessary();
    return screen.newTextGraphics();
  }

  /// The size of the frame that [#graphics()] draws.
  public TerminalSize size() {
    return screen.getTerminalSize();
  }

  /// How wide this terminal draws what.
  public CellWidth widths() {
    return caps.widths();
  }

  /// Where the cursor stands after the next refresh; null hides it.
  public void setCursor(@Nullable TerminalPosition position) {
    screen.setCursorPosition(position);
  }

  /// Shows what was drawn: nothing is sent when nothing changed.
  ///
  /// @return whether the terminal took it; if not, it is to be refreshed again later
  public boolean refresh() {
    return refresh(Screen.RefreshType.AUTOMATIC);
  }

  /// Paints the whole screen, whatever the terminal may show (Ctrl-L).
  public void repaint() {
    refresh(Screen.RefreshType.COMPLETE);
  }

  /// Sets the title of the terminal's window; the one before comes back at the end.
  public void setTitle(String text) {
    String next = Sanitizer.line(text);
    next = next.substring(0, Math.min(next.length(), MAX_TITLE_CHARS));
    if (caps.titled() && !next.equals(title)) {
      title = next;
      sendAlone("\033]0;" + next + "\033\\");
    }
  }

  /// Gives the terminal to the shell until it continues us; then [TermEvent.Resumed] comes.
  ///
  /// @return false if there is no shell with job control that could do so
  public boolean suspend() {
    if (!CLibrary.isJob()) {
      return false;
    }
    lock.lock();
    try {
      if (stage != Stage.DRAWING) {
        return false;
      }
      leave(Stage.SUSPENDED);
    } finally {
      lock.unlock();
    }
    CLibrary.stopJob();
    return true;
  }

  /// Gives the terminal back as it was found. Doing so again does nothing.
  @Override
  public void close() {
    tty.beginClosing();
    lock.lock();
    try {
      signals.restore();
      if (stage == Stage.DRAWING) {
        leave(Stage.CLOSED);
      }
      stage = Stage.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  /// Continues, after our own stop or one that nobody could prepare for. Stopping is asynchronous,
  /// so this must follow the signal, never the call that stops.
  private void resume() {
    lock.lock();
    try {
      if (stage == Stage.CLOSED) {
        return;
      }
      enter();
    } finally {
      lock.unlock();
    }
    sink.accept(new TermEvent.Resumed(tty.size()));
  }

  private void enter() {
    tty.makeRaw();
    stage = Stage.DRAWING;
    stale = true;
    tty.write(bytes((caps.titled() ? SAVE_TITLE : "") + ENTER), PATIENCE);
    title = "";
  }

  private void leave(Stage next) {
    stage = next;
    String modes = LEAVE + (caps.titled() ? RESTORE_TITLE : "");
    tty.writeLast(bytes((stalled ? CANCEL : "") + modes + LEAVE_SCREEN), PATIENCE_AT_CLOSE);
    tty.restore();
  }

  private boolean refresh(Screen.RefreshType type) {
    lock.lock();
    try {
      if (stage == Stage.DRAWING) {
        boolean whole = stale;
        stale = false;
        screen.refresh(whole ? Screen.RefreshType.COMPLETE : type);
      }
      return !stalled;
    } finally {
      lock.unlock();
    }
  }

  private void sendAlone(String sequence) {
    lock.lock();
    try {
      if (stage == Stage.DRAWING && !stalled) {
        send(bytes(sequence));
      }
    } finally {
      lock.unlock();
    }
  }

  /// What a terminal does not take is lost; the next frame that it takes is a whole one.
  private void send(byte[] frame) {
    boolean taken =
        (!stalled || tty.write(bytes(CANCEL), Duration.ZERO)) && tty.write(frame, PATIENCE);
    stalled = !taken;
    stale |= !taken;
  }

  private static byte[] bytes(String sequence) {
    return sequence.getBytes(StandardCharsets.UTF_8);
  }
}
