package dev.knothole.client.app;

/// What a key can mean. Front ends decide which key means which; see [Event.Acted].
public enum Action {
  SEND,
  NEW_LINE,
  LEFT,
  RIGHT,
  WORD_LEFT,
  WORD_RIGHT,
  LINE_START,
  LINE_END,
  BACKSPACE,
  DELETE,
  DELETE_WORD_LEFT,
  /// Back to the last white space, however many words that are.
  DELETE_TO_BLANK,
  DELETE_WORD_RIGHT,
  KILL_TO_START,
  KILL_TO_END,
  YANK,
  TRANSPOSE,
  UP,
  DOWN,
  COMPLETE,
  COMPLETE_BACK,
  NEXT_CHAT,
  PREVIOUS_CHAT,
  NEXT_ACTIVE_CHAT,
  TOGGLE_PEER_LIST,
  HELP,
  CANCEL,
  INTERRUPT,
  END_OF_INPUT
}
