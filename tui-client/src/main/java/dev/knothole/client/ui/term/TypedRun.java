package dev.knothole.client.ui.term;

import com.googlecode.lanterna.input.KeyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What was typed in one go between two special keys, and whether it was typed at all.
///
/// A terminal without bracketed paste sends a paste as if somebody typed it. Nobody types two lines
/// within one read, so several Enters with text after the first are a paste, and so is what follows
/// it at once.
final class TypedRun {
  /// Reads of one paste follow each other faster than this, fingers do not.
  private static final long PASTE_GOES_ON = Duration.ofMillis(50).toNanos();

  private final StringBuilder text = new StringBuilder();
  private final List<TermEvent> events = new ArrayList<>();
  private int wordStart;
  private int enters;
  private boolean textAfterEnter;
  private boolean pasting;
  private boolean pasted;
  private long now;
  private long pastedAt;

  /// Starts what one read brings.
  void begin(long now) {
    this.now = now;
    pasting = pasted && now - pastedAt < PASTE_GOES_ON;
  }

  void text(int codePoint) {
    textAfterEnter |= enters > 0;
    text.appendCodePoint(codePoint);
  }

  void enter() {
    endWord();
    enters++;
    text.append('\r');
    wordStart = text.length();
    events.add(KeyTable.key(KeyType.Enter, Modifiers.NONE));
  }

  /// A control character that is text when pasted and a key when typed.
  void blank(int control, TermEvent key) {
    endWord();
    text.append((char) control);
    wordStart = text.length();
    events.add(key);
  }

  /// Hands over what was typed, or pasted, since the last time.
  void end(List<TermEvent> sink) {
    if (text.isEmpty()) {
      return;
    }
    pasted = pasting || (enters >= 2 && textAfterEnter);
    if (pasted) {
      pastedAt = now;
      sink.add(new TermEvent.Paste(lines(text.toString())));
    } else {
      endWord();
      sink.addAll(events);
    }
    clear();
  }

  /// A special key was pressed. Pastes hold none, so what follows comes from fingers again.
  void interrupted() {
    pasting = false;
    pasted = false;
  }

  private void endWord() {
    if (text.length() > wordStart) {
      events.add(new TermEvent.Text(text.substring(wordStart)));
      wordStart = text.length();
    }
  }

  private void clear() {
    text.setLength(0);
    events.clear();
    wordStart = 0;
    enters = 0;
    textAfterEnter = false;
  }

  /// Text with every line break as `\n`.
  static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
