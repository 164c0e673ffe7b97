package dev.knothole.client.console;

/// What a person or a script does at a line console.
public sealed interface ConsoleInput {
  record Line(String text) implements ConsoleInput {}

  /// Ctrl-C.
  record Interrupted() implements ConsoleInput {}

  /// End of the pipe, or Ctrl-D.
  record Ended() implements ConsoleInput {}
}
