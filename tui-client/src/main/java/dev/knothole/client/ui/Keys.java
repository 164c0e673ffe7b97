package dev.knothole.client.ui;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import dev.knothole.client.app.Action;
import dev.knothole.client.app.Event;

/// What each key means: the keys that hands know from WeeChat, irssi and every shell.
final class Keys {
  private Keys() {}

  /// What a key asks for.
  sealed interface Meaning {
    record Do(Event event) implements Meaning {}

    /// Needs to know what is on the screen.
    record Scroll(Keys.Scroll scroll) implements Meaning {}

    record Nothing() implements Meaning {}
  }

  enum Scroll {
    PAGE_UP,
    PAGE_DOWN,
    TOP,
    BOTTOM,
    /// The end of the input line, or of the chat when nothing is typed and it is scrolled up.
    END
  }

  static Meaning meaning(KeyStroke key) {
    if (key.getKeyType() == KeyType.Character) {
      return character(key);
    }
    boolean word = key.isCtrlDown() || key.isAltDown();
    return switch (key.getKeyType()) {
      case Enter -> act(key.isAltDown() || key.isShiftDown() ? Action.NEW_LINE : Action.SEND);
      case Backspace -> act(word ? Action.DELETE_WORD_LEFT : Action.BACKSPACE);
      case Delete -> act(word ? Action.DELETE_WORD_RIGHT : Action.DELETE);
      case ArrowLeft -> act(left(key));
      case ArrowRight -> act(right(key));
      case ArrowUp -> act(Action.UP);
      case ArrowDown -> act(Action.DOWN);
      case Home -> word ? new Meaning.Scroll(Scroll.TOP) : act(Action.LINE_START);
      case End -> new Meaning.Scroll(word ? Scroll.BOTTOM : Scroll.END);
      case PageUp -> new Meaning.Scroll(Scroll.PAGE_UP);
      case PageDown -> new Meaning.Scroll(Scroll.PAGE_DOWN);
      case Tab -> act(Action.COMPLETE);
      case ReverseTab -> act(Action.COMPLETE_BACK);
      case Escape -> act(Action.CANCEL);
      case F1 -> act(Action.HELP);
      case F7 -> act(Action.TOGGLE_PEER_LIST);
      default -> new Meaning.Nothing();
    };
  }

  private static Action left(KeyStroke key) {
    return key.isAltDown()
        ? Action.PREVIOUS_CHAT
        : key.isCtrlDown() ? Action.WORD_LEFT : Action.LEFT;
  }

  private static Action right(KeyStroke key) {
    return key.isAltDown() ? Action.NEXT_CHAT : key.isCtrlDown() ? Action.WORD_RIGHT : Action.RIGHT;
  }

  private static Meaning character(KeyStroke key) {
    char letter = Character.toLowerCase(key.getCharacter());
    if (key.isAltDown()) {
      return alt(letter);
    }
    return key.isCtrlDown()
        ? ctrl(letter)
        : new Meaning.Do(new Event.Typed(key.getCharacter().toString()));
  }

  private static Meaning alt(char letter) {
    return switch (letter) {
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          new Meaning.Do(new Event.GoTo(letter - '0'));
      case '0' -> new Meaning.Do(new Event.GoTo(10));
      case 'a' -> act(Action.NEXT_ACTIVE_CHAT);
      case 'b' -> act(Action.WORD_LEFT);
      case 'f' -> act(Action.WORD_RIGHT);
      case 'd' -> act(Action.DELETE_WORD_RIGHT);
      default -> new Meaning.Nothing();
    };
  }

  private static Meaning ctrl(char letter) {
    return switch (letter) {
      case 'a' -> act(Action.LINE_START);
      case 'e' -> act(Action.LINE_END);
      case 'b' -> act(Action.LEFT);
      case 'f' -> act(Action.RIGHT);
      case 'k' -> act(Action.KILL_TO_END);
      case 'u' -> act(Action.KILL_TO_START);
      // What some terminals send for Backspace.
      case 'h' -> act(Action.BACKSPACE);
      case 'w' -> act(Action.DELETE_TO_BLANK);
      case 'y' -> act(Action.YANK);
      case 't' -> act(Action.TRANSPOSE);
      case 'j' -> act(Action.NEW_LINE);
      case 'n' -> act(Action.NEXT_CHAT);
      case 'p' -> act(Action.PREVIOUS_CHAT);
      case 'c' -> act(Action.INTERRUPT);
      case 'd' -> act(Action.END_OF_INPUT);
      default -> new Meaning.Nothing();
    };
  }

  private static Meaning act(Action action) {
    return new Meaning.Do(new Event.Acted(action));
  }
}
