package dev.knothole.client.ui.term;

/// The modifier keys held down with another key or a mouse button.
public record Modifiers(boolean shift, boolean alt, boolean ctrl) {
  /// No modifier.
  public static final Modifiers NONE = new Modifiers(false, false, false);

  static final Modifiers ALT = new Modifiers(false, true, false);
  static final Modifiers CTRL = new Modifiers(false, false, true);
  static final Modifiers SHIFT = new Modifiers(true, false, false);

  /// From the parameter of a control sequence, which is one more than a sum of 1 Shift, 2 Alt,
  /// 4 Ctrl and 8 Super or Meta (xterm, kitty).
  static Modifiers ofParameter(int parameter) {
    int bits = Math.max(0, parameter - 1);
    return new Modifiers((bits & 1) != 0, (bits & 0b1010) != 0, (bits & 4) != 0);
  }

  Modifiers withAlt() {
    return new Modifiers(shift, true, ctrl);
  }
}
