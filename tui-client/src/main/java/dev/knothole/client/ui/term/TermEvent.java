package dev.knothole.client.ui.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;

/// What a terminal tells the program.
public sealed interface TermEvent {
  /// A key that is no plain text: named keys, and characters with Ctrl or Alt. Enter is
  /// `KeyType.Enter`, Ctrl-J is the character `j` with Ctrl, Backspace is the key that sends DEL.
  record Key(KeyStroke stroke) implements TermEvent {}

  /// Typed text: whole characters, those beyond the basic plane included, never a control
  // character.
  record Text(String text) implements TermEvent {}

  /// Pasted text, line breaks as `\n`; a stranger may have written it.
  record Paste(String text) implements TermEvent {}

  /// The window of the terminal gained or lost the keyboard.
  record Focus(boolean gained) implements TermEvent {}

  /// The mouse; column and row count from 0 at the top left.
  record Mouse(Action action, int button, int column, int row, Modifiers modifiers)
      implements TermEvent {
    /// What the mouse did. Wheel turns carry no button.
    public enum Action {
      PRESS,
      RELEASE,
      DRAG,
      MOVE,
      WHEEL_UP,
      WHEEL_DOWN
    }
  }

  /// The terminal has another size.
  record Resized(TerminalSize size) implements TermEvent {}

  /// The program runs in the foreground again; the next frame is a full one.
  record Resumed(TerminalSize size) implements TermEvent {}

  /// The terminal is gone or the program was asked to end.
  ///
  /// @param signal the number of the signal, or 0 when the terminal's input ended
  record Closed(int signal) implements TermEvent {}
}
