package dev.knothole.client.ui.term;

import dev.knothole.client.ui.term.TermEvent.Mouse;

/// The numbers of a mouse report (xterm: the low two bits are the button, 4 Shift, 8 Meta, 16 Ctrl,
/// 32 motion, 64 wheel).
final class MouseReport {
  private static final int RELEASED = 3;
  private static final int OFFSET = 32;

  private MouseReport() {}

  /// Columns and rows count from 1 on the wire.
  static Mouse event(int code, int column, int row, boolean released) {
    var held = new Modifiers((code & 4) != 0, (code & 8) != 0, (code & 16) != 0);
    int button = code & 3;
    var action = action(code, button, released);
    return new Mouse(
        action,
        action == Mouse.Action.MOVE || (code & 64) != 0 ? 0 : button + 1,
        Math.max(0, column - 1),
        Math.max(0, row - 1),
        held);
  }

  /// Reports of the older kind, which name no button when one is released.
  static Mouse old(int code, int column, int row) {
    int plain = code - OFFSET;
    boolean released = (plain & 3) == RELEASED && (plain & 96) == 0;
    return event(released ? plain & ~3 : plain, column, row, released);
  }

  private static Mouse.Action action(int code, int button, boolean released) {
    if ((code & 64) != 0) {
      return button == 0 ? Mouse.Action.WHEEL_UP : Mouse.Action.WHEEL_DOWN;
    }
    if ((code & 32) != 0) {
      return button == RELEASED ? Mouse.Action.MOVE : Mouse.Action.DRAG;
    }
    return released ? Mouse.Action.RELEASE : Mouse.Action.PRESS;
  }
}
