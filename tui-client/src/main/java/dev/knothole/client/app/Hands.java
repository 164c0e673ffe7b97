package dev.knothole.client.app;

/// How a front end gets what the user says.
public enum Hands {
  /// Key by key: a half-typed line is known here.
  ON_KEYS,
  /// Line by line, as a prompt or a script does: a half-typed line is not known here, so no chat
  /// ever comes into view by itself, and every line that is shown counts as read.
  ON_LINES
}
