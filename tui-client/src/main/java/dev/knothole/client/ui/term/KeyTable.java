package dev.knothole.client.ui.term;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which key a code stands for, in the several codes that terminals use.
final class KeyTable {
  private static final List<KeyType> FUNCTIONS =
      List.of(
          KeyType.F1,
          KeyType.F2,
          KeyType.F3,
          KeyType.F4,
          KeyType.F5,
          KeyType.F6,
          KeyType.F7,
          KeyType.F8,
          KeyType.F9,
          KeyType.F10,
          KeyType.F11,
          KeyType.F12,
          KeyType.F13,
          KeyType.F14,
          KeyType.F15,
          KeyType.F16,
          KeyType.F17,
          KeyType.F18,
          KeyType.F19);

  private KeyTable() {}

  static TermEvent key(KeyType type, Modifiers held) {
    return new TermEvent.Key(new KeyStroke(type, held.ctrl(), held.alt(), held.shift()));
  }

  /// A character with modifiers; those beyond the basic plane, which a key stroke cannot hold, come
  /// as text.
  static TermEvent character(int codePoint, Modifiers held) {
    if (!Character.isBmpCodePoint(codePoint) || (!held.ctrl() && !held.alt())) {
      return new TermEvent.Text(Character.toString(codePoint));
    }
    return new TermEvent.Key(
        new KeyStroke((char) codePoint, held.ctrl(), held.alt(), held.shift()));
  }

  /// The key of a byte below 0x20 or of DEL, as terminals without any key protocol send it.
  static TermEvent control(int value, Modifiers held) {
    return switch (value) {
      case '\r' -> key(KeyType.Enter, held);
      case '\t' -> key(KeyType.Tab, held);
      case 0x1B -> key(KeyType.Escape, held);
      case 0x7F -> key(KeyType.Backspace, held);
      case 0 -> character(' ', new Modifiers(held.shift(), held.alt(), true));
      default -> {
        char letter = (char) (value <= 26 ? 'a' + value - 1 : '@' + value);
        yield character(letter, new Modifiers(held.shift(), held.alt(), true));
      }
    };
  }

  static @Nullable KeyType function(int number) {
    return number >= 1 && number <= FUNCTIONS.size() ? FUNCTIONS.get(number - 1) : null;
  }

  /// The final byte of `CSI` or `SS3` sequences (xterm, VT).
  static @Nullable KeyType letter(char letter) {
    return switch (letter) {
      case 'A' -> KeyType.ArrowUp;
      case 'B' -> KeyType.ArrowDown;
      case 'C' -> KeyType.ArrowRight;
      case 'D' -> KeyType.ArrowLeft;
      case 'H' -> KeyType.Home;
      case 'F' -> KeyType.End;
      case 'P' -> KeyType.F1;
      case 'Q' -> KeyType.F2;
      case 'R' -> KeyType.F3;
      case 'S' -> KeyType.F4;
      default -> null;
    };
  }

  /// The number before a tilde (VT220, rxvt, linux).
  static @Nullable KeyType number(int number) {
    return switch (number) {
      case 1, 7 -> KeyType.Home;
      case 2 -> KeyType.Insert;
      case 3 -> KeyType.Delete;
      case 4, 8 -> KeyType.End;
      case 5 -> KeyType.PageUp;
      case 6 -> KeyType.PageDown;
      case 11, 12, 13, 14, 15 -> function(number - 10);
      case 17, 18, 19, 20, 21 -> function(number - 11);
      case 23, 24, 25, 26 -> function(number - 12);
      case 28, 29 -> function(number - 13);
      case 31, 32, 33, 34 -> function(number - 14);
      default -> null;
    };
  }

  /// Keys that the kitty protocol numbers in the private use area.
  static @Nullable KeyType kitty(int code) {
    return switch (code) {
      case 57414 -> KeyType.Enter;
      case 57417 -> KeyType.ArrowLeft;
      case 57418 -> KeyType.ArrowRight;
      case 57419 -> KeyType.ArrowUp;
      case 57420 -> KeyType.ArrowDown;
      case 57421 -> KeyType.PageUp;
      case 57422 -> KeyType.PageDown;
      case 57423 -> KeyType.Home;
      case 57424 -> KeyType.End;
      case 57425 -> KeyType.Insert;
      case 57426 -> KeyType.Delete;
      default -> code >= 57376 && code <= 57382 ? function(code - 57376 + 13) : null;
    };
  }

  /// The characters of the keypad, by their place: kitty counts from 57399, VT from `ESC O j`.
  static int keypad(int code) {
    return switch (code) {
      case 57409 -> '.';
      case 57410 -> '/';
      case 57411 -> '*';
      case 57412 -> '-';
      case 57413 -> '+';
      case 57415 -> '=';
      case 57416 -> ',';
      default -> code >= 57399 && code <= 57408 ? '0' + code - 57399 : -1;
    };
  }

  /// The characters of the keypad in application mode (VT100).
  static int keypad(char letter) {
    return letter >= 'j' && letter <= 'y' ? "*+,-./0123456789".charAt(letter - 'j') : -1;
  }
}
