package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TabBehaviour;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lanterna's `Screen` over a [CellGrid] and a [FrameEncoder].
///
/// Views paint every cell of the back grid and call [#refresh()]; one array of bytes per frame
/// reaches the terminal, and none when nothing changed. Keys do not come from here: they are
/// [TermEvent]s, so [#pollInput()] and [#readInput()] know of none.
final class AppScreen implements Screen {
  private final Supplier<TerminalSize> size;
  private final Consumer<byte[]> terminal;
  private final FrameEncoder encoder;
  private CellGrid back;
  private @Nullable TerminalPosition cursor;
  private TabBehaviour tabs = TabBehaviour.ALIGN_TO_COLUMN_4;

  AppScreen(Supplier<TerminalSize> size, TermCaps caps, Consumer<byte[]> terminal) {
    this.size = size;
    this.terminal = terminal;
    this.back = new CellGrid(size.get(), caps.widths());
    this.encoder = new FrameEncoder(caps, back);
  }

  /// Makes the next refresh paint everything.
  void forget() {
    encoder.forget();
  }

  CellGrid grid() {
    return back;
  }

  @Override
  public void startScreen() {
    forget();
  }

  @Override
  public void stopScreen() {
    forget();
  }

  @Override
  public void close() {
    stopScreen();
  }

  /// Blanks the back grid; unlike Lanterna's own screens this does not force a full repaint.
  @Override
  public void clear() {
    back.clear();
  }

  @Override
  public @Nullable TerminalPosition getCursorPosition() {
    return cursor;
  }

  @Override
  public void setCursorPosition(@Nullable TerminalPosition position) {
    cursor = position;
  }

  @Override
  public TabBehaviour getTabBehaviour() {
    return tabs;
  }

  @Override
  public void setTabBehaviour(TabBehaviour behaviour) {
    tabs = behaviour;
  }

  @Override
  public TerminalSize getTerminalSize() {
    return back.size();
  }

  @Override
  public void setCharacter(int column, int row, TextCharacter character) {
    back.put(column, row, Cell.of(character, back.widths()));
  }

  @Override
  public void setCharacter(TerminalPosition position, TextCharacter character) {
    setCharacter(position.getColumn(), position.getRow(), character);
  }

  @Override
  public TextGraphics newTextGraphics() {
    return back.graphics();
  }

  @Override
  public TextCharacter getFrontCharacter(int column, int row) {
    return encoder.shown().at(column, row).character();
  }

  @Override
  public TextCharacter getFrontCharacter(TerminalPosition position) {
    return getFrontCharacter(position.getColumn(), position.getRow());
  }

  @Override
  public TextCharacter getBackCharacter(int column, int row) {
    return back.at(column, row).character();
  }

  @Override
  public TextCharacter getBackCharacter(TerminalPosition position) {
    return getBackCharacter(position.getColumn(), position.getRow());
  }

  @Override
  public void refresh() {
    refresh(RefreshType.AUTOMATIC);
  }

  @Override
  public void refresh(RefreshType type) {
    if (type == RefreshType.COMPLETE) {
      forget();
    }
    byte[] frame = encoder.frame(back, cursor);
    if (frame.length > 0) {
      terminal.accept(frame);
    }
  }

  /// Adopts the size that the terminal has by now; if it is another, the grid is blank afterwards.
  @Override
  public @Nullable TerminalSize doResizeIfNecessary() {
    var now = size.get();
    if (now.equals(back.size())) {
      return null;
    }
    back = new CellGrid(now, back.widths());
    return now;
  }

  @Override
  public void scrollLines(int firstLine, int lastLine, int distance) {
    int height = lastLine - firstLine + 1;
    if (height > 0 && distance != 0) {
      back.scroll(firstLine, lastLine, Math.clamp(distance, -height, height));
    }
  }

  @Override
  public @Nullable KeyStroke pollInput() {
    return null;
  }

  @Override
  public KeyStroke readInput() {
    throw new UnsupportedOperationException("Keys come as events");
  }
}
