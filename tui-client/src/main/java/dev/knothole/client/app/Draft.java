package dev.knothole.client.app;

import dev.knothole.client.text.Graphemes;

/// A text being written, and where the cursor stands in it.
///
/// @param cursor a boundary between two grapheme clusters, from 0 to the length of the text
public record Draft(String text, int cursor) {
  public static final Draft EMPTY = new Draft("", 0);

  static Draft of(String text) {
    return new Draft(text, text.length());
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  String beforeCursor() {
    return text.substring(0, cursor);
  }

  private String afterCursor() {
    return text.substring(cursor);
  }

  /// Line breaks of every kind become `\n`; control characters, which no chat needs, are left out.
  Draft insert(String typed) {
    String more =
        typed
            .replace("\r\n", "\n")
            .replace('\r', '\n')
            .codePoints()
            .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return new Draft(beforeCursor() + more + afterCursor(), cursor + more.length());
  }

  Draft at(int position) {
    return new Draft(text, position);
  }

  Draft left() {
    return at(Graphemes.previous(text, cursor));
  }

  Draft right() {
    return at(Graphemes.next(text, cursor));
  }

  Draft wordLeft() {
    return at(Graphemes.wordStart(text, cursor));
  }

  Draft blankWordLeft() {
    return at(Graphemes.blankWordStart(text, cursor));
  }

  Draft wordRight() {
    return at(Graphemes.wordEnd(text, cursor));
  }

  /// Start and end of the line that the cursor is on; a draft may have several.
  Draft lineStart() {
    return at(text.lastIndexOf('\n', cursor - 1) + 1);
  }

  Draft lineEnd() {
    int end = text.indexOf('\n', cursor);
    return at(end < 0 ? text.length() : end);
  }

  boolean onFirstLine() {
    return text.lastIndexOf('\n', cursor - 1) < 0;
  }

  boolean onLastLine() {
    return text.indexOf('\n', cursor) < 0;
  }

  Draft lineUp() {
    int column = cursor - lineStart().cursor;
    var above = at(lineStart().cursor - 1).lineStart();
    return above.at(boundary(Math.min(above.cursor + column, above.lineEnd().cursor)));
  }

  Draft lineDown() {
    int column = cursor - lineStart().cursor;
    var below = at(lineEnd().cursor + 1);
    return below.at(boundary(Math.min(below.cursor + column, below.lineEnd().cursor)));
  }

  /// The start of the cluster that the position is in.
  private int boundary(int position) {
    return position == text.length()
        ? position
        : Graphemes.previous(text, Graphemes.next(text, position));
  }

  /// Without what is between the cursor and `other`; the cursor stands where it was.
  Draft without(Draft other) {
    int from = Math.min(cursor, other.cursor);
    int to = Math.max(cursor, other.cursor);
    return new Draft(text.substring(0, from) + text.substring(to), from);
  }

  String between(Draft other) {
    return text.substring(Math.min(cursor, other.cursor), Math.max(cursor, other.cursor));
  }

  /// The two characters around the cursor change places, as in every shell.
  Draft transpose() {
    var middle = cursor == text.length() ? left() : this;
    var start = middle.left();
    var end = middle.right();
    if (start.cursor == middle.cursor || middle.cursor == end.cursor) {
      return this;
    }
    String swapped =
        text.substring(0, start.cursor)
            + text.substring(middle.cursor, end.cursor)
            + text.substring(start.cursor, middle.cursor)
            + text.substring(end.cursor);
    return new Draft(swapped, end.cursor);
  }
}
