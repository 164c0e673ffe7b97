package dev.knothole.client.ui.term;

import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The meaning of whole sequences. Replies of the terminal, and whatever else is no key, mean
/// nothing: they are never typed.
final class KeyDecoder {
  private static final List<TermEvent> NOTHING = List.of();
  private static final int KITTY_RELEASE = 3;

  private KeyDecoder() {}

  /// A sequence introduced by `ESC [`.
  static List<TermEvent> control(ControlSequence sequence, boolean alt) {
    return switch (sequence.mark()) {
      case 0 -> unmarked(sequence, alt);
      case '<' -> mouse(sequence);
      default -> NOTHING;
    };
  }

  private static List<TermEvent> unmarked(ControlSequence sequence, boolean alt) {
    var held = held(sequence, 1, alt);
    return switch (sequence.fin()) {
      case '~' -> tilde(sequence, held, alt);
      case '$', '^', '@' -> rxvt(sequence, alt);
      case 'a', 'b', 'c', 'd' ->
          sequence.count() == 0 ? shiftedArrow(sequence.fin(), alt) : NOTHING;
      case 'I' -> List.of(new TermEvent.Focus(true));
      case 'O' -> List.of(new TermEvent.Focus(false));
      case 'Z' -> event(KeyType.ReverseTab, new Modifiers(true, held.alt(), held.ctrl()));
      case 'u' -> kitty(sequence, held, alt);
      case 'M' -> urxvtMouse(sequence);
      case 'R' -> positionReport(sequence) ? NOTHING : event(KeyType.F3, held);
      default -> event(KeyTable.letter(sequence.fin()), held);
    };
  }

  /// A cursor position report has the shape of F3 with modifiers; asked for off the first row only,
  /// it is told from it by its row.
  private static boolean positionReport(ControlSequence sequence) {
    return sequence.count() == 2
        && (sequence.parameter(0, 1) != 1 || sequence.parameter(1, 1) > 16);
  }

  /// A sequence introduced by `ESC O`; terminals send Ctrl-arrows of rxvt in small letters.
  static List<TermEvent> single(ControlSequence sequence, boolean alt) {
    int last = sequence.count() == 0 ? 1 : sequence.parameter(sequence.count() - 1, 1);
    var held = Modifiers.ofParameter(last);
    held = alt ? held.withAlt() : held;
    char fin = sequence.fin();
    int keypad = KeyTable.keypad(fin);
    if (keypad >= 0) {
      return List.of(KeyTable.character(keypad, held));
    }
    return switch (fin) {
      case 'a', 'b', 'c', 'd' ->
          event(KeyTable.letter(Character.toUpperCase(fin)), new Modifiers(false, alt, true));
      case 'M' -> event(KeyType.Enter, held);
      case 'I' -> event(KeyType.Tab, held);
      case 'X' -> List.of(KeyTable.character('=', held));
      case ' ' -> List.of(KeyTable.character(' ', held));
      default -> event(KeyTable.letter(fin), held);
    };
  }

  /// The linux console numbers its first function keys `ESC [ [ A` to `E`.
  static List<TermEvent> linuxFunction(int letter, boolean alt) {
    return letter >= 'A' && letter <= 'E'
        ? event(KeyTable.function(letter - 'A' + 1), alt ? Modifiers.ALT : Modifiers.NONE)
        : NOTHING;
  }

  private static List<TermEvent> tilde(ControlSequence sequence, Modifiers held, boolean alt) {
    if (sequence.parameter(0, 0) == 27 && sequence.count() == 3) {
      return coded(sequence.parameter(2, 0), held(sequence, 1, alt));
    }
    return event(KeyTable.number(sequence.parameter(0, 0)), held);
  }

  private static List<TermEvent> rxvt(ControlSequence sequence, boolean alt) {
    boolean shift = sequence.fin() != '^';
    boolean ctrl = sequence.fin() != '$';
    return event(KeyTable.number(sequence.parameter(0, 0)), new Modifiers(shift, alt, ctrl));
  }

  private static List<TermEvent> shiftedArrow(char letter, boolean alt) {
    return event(KeyTable.letter(Character.toUpperCase(letter)), new Modifiers(true, alt, false));
  }

  private static List<TermEvent> kitty(ControlSequence sequence, Modifiers held, boolean alt) {
    if (sequence.count() == 0 || sequence.part(1, 1, 1) == KITTY_RELEASE) {
      return NOTHING;
    }
    int code = sequence.parameter(0, 0);
    var named = KeyTable.kitty(code);
    if (named != null) {
      return event(named, held);
    }
    int keypad = KeyTable.keypad(code);
    if (keypad >= 0) {
      return List.of(KeyTable.character(keypad, held));
    }
    boolean typed = !held.ctrl() && !held.alt();
    int shifted = typed && held.shift() ? sequence.part(0, 1, Character.toUpperCase(code)) : code;
    return coded(typed ? sequence.parameter(2, shifted) : code, held(sequence, 1, alt));
  }

  /// A key given by the character it types, as kitty and xterm's modifyOtherKeys do.
  private static List<TermEvent> coded(int code, Modifiers held) {
    return switch (code) {
      case 9 -> event(held.shift() ? KeyType.ReverseTab : KeyType.Tab, held);
      case 13 -> event(KeyType.Enter, held);
      case 27 -> event(KeyType.Escape, held);
      case 8, 127 -> event(KeyType.Backspace, held);
      default -> typable(code) ? List.of(KeyTable.character(code, held)) : NOTHING;
    };
  }

  /// Kitty numbers keys that type nothing in the private use area, from 57344 to 63743.
  private static boolean typable(int code) {
    return code >= 0x20
        && !(code >= 0x7F && code < 0xA0)
        && !(code >= Character.MIN_SURROGATE && code <= 63743);
  }

  private static List<TermEvent> mouse(ControlSequence sequence) {
    if (sequence.count() != 3 || (sequence.fin() != 'M' && sequence.fin() != 'm')) {
      return NOTHING;
    }
    return List.of(
        MouseReport.event(
            sequence.parameter(0, 0),
            sequence.parameter(1, 1),
            sequence.parameter(2, 1),
            sequence.fin() == 'm'));
  }

  private static List<TermEvent> urxvtMouse(ControlSequence sequence) {
    return sequence.count() == 3 && sequence.parameter(0, 0) >= 32
        ? List.of(
            MouseReport.old(
                sequence.parameter(0, 0), sequence.parameter(1, 1), sequence.parameter(2, 1)))
        : NOTHING;
  }

  private static Modifiers held(ControlSequence sequence, int parameter, boolean alt) {
    var held = Modifiers.ofParameter(sequence.parameter(parameter, 1));
    return alt ? held.withAlt() : held;
  }

  private static List<TermEvent> event(@Nullable KeyType type, Modifiers held) {
    return type == null ? NOTHING : List.of(KeyTable.key(type, held));
  }
}
