package dev.knothole.client.ui;

import com.googlecode.lanterna.TerminalSize;

/// Which view gets which part of the screen. What does not fit gives way in this order: the peer
/// list, the title, the status bar; the input line and the last message stay.
///
/// @param listWidth columns of the peer list with its border, 0 when it is not shown
/// @param titleRows 1, or 0 when there is no room
/// @param messageRows rows of the message window
/// @param statusRows 1, or 0 when there is no room
/// @param inputRows rows of the input line
record Layout(
    TerminalSize size,
    int listWidth,
    int titleRows,
    int messageRows,
    int statusRows,
    int inputRows) {
  /// Below this only a notice is shown.
  static final int MIN_COLUMNS = 10;

  static final int MIN_ROWS = 2;

  /// The list must leave a readable message window beside it.
  private static final int MIN_COLUMNS_FOR_LIST = 50;

  private static final int MIN_ROWS_FOR_TITLE = 6;

  /// @param listWanted how wide the peer list would like to be, 0 for none
  /// @param inputWanted how many rows the draft would fill
  static Layout of(TerminalSize size, int listWanted, int inputWanted) {
    int rows = size.getRows();
    int list = size.getColumns() >= MIN_COLUMNS_FOR_LIST ? listWanted : 0;
    int title = rows >= MIN_ROWS_FOR_TITLE ? 1 : 0;
    int status = rows > MIN_ROWS ? 1 : 0;
    int input = Math.clamp(inputWanted, 1, Math.max(1, rows / 3));
    return new Layout(size, list, title, rows - title - status - input, status, input);
  }

  boolean tooSmall() {
    return size.getColumns() < MIN_COLUMNS || size.getRows() < MIN_ROWS;
  }

  int messageColumns() {
    return size.getColumns() - listWidth;
  }

  int statusRow() {
    return titleRows + messageRows;
  }

  int inputRow() {
    return statusRow() + statusRows;
  }
}
