package dev.knothole.client.ui.term;

import java.util.ArrayList;
import java.util.List;

/// A whole control sequence: `ESC [`, perhaps a private mark, parameters, a final byte (ECMA-48).
///
/// @param mark `<`, `=`, `>` or `?` after the introducer, else 0
/// @param parameters each with its sub-parameters after it; absent ones are -1
/// @param fin the final byte
record ControlSequence(char mark, List<List<Integer>> parameters, char fin) {
  static final int ABSENT = -1;

  /// Larger numbers mean nothing in any sequence.
  private static final int MAX_VALUE = 0x10FFFF;

  /// Reads what stands between the introducer and the final byte; bytes that have no place there
  /// are passed over.
  static ControlSequence parse(CharSequence body, char fin) {
    boolean marked = !body.isEmpty() && body.charAt(0) >= '<' && body.charAt(0) <= '?';
    var parameters = new ArrayList<List<Integer>>();
    var parts = new ArrayList<Integer>();
    int value = ABSENT;
    for (int at = marked ? 1 : 0; at < body.length(); at++) {
      char c = body.charAt(at);
      if (c >= '0' && c <= '9') {
        value = Math.min(MAX_VALUE, Math.max(0, value) * 10 + (c - '0'));
      } else if (c == ';' || c == ':') {
        parts.add(value);
        value = ABSENT;
        if (c == ';') {
          parameters.add(List.copyOf(parts));
          parts.clear();
        }
      }
    }
    parts.add(value);
    parameters.add(List.copyOf(parts));
    return new ControlSequence(marked ? body.charAt(0) : 0, List.copyOf(parameters), fin);
  }

  /// How many parameters were given; none when all is absent.
  int count() {
    return parameters.size() == 1 && parameter(0, ABSENT) == ABSENT ? 0 : parameters.size();
  }

  int parameter(int index, int absent) {
    return part(index, 0, absent);
  }

  int part(int index, int sub, int absent) {
    if (index >= parameters.size() || sub >= parameters.get(index).size()) {
      return absent;
    }
    int value = parameters.get(index).get(sub);
    return value == ABSENT ? absent : value;
  }
}
