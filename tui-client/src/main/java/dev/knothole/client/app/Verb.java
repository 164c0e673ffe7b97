package dev.knothole.client.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The slash commands: what each is called, takes and does.
public enum Verb {
  HELP(
      "[COMMAND|keys]",
      "explains commands and keys",
      "lists the commands, or explains one of them, or the keys",
      "/help connect"),
  CONNECT(
      "NAME | HOST:PORT",
      "opens a chat",
      "opens a chat with somebody at your relay, or directly with an address",
      "/connect bob"),
  DISCONNECT(
      "[NAME]",
      "ends a connection",
      "ends the connection of this chat, or of the named one; once more closes the chat",
      "/disconnect bob"),
  MSG(
      "NAME TEXT",
      "says something elsewhere",
      "says something to somebody without changing the chat; connects first if need be",
      "/msg bob hello"),
  NICK("NAME", "changes your name", "takes another name at the relay", "/nick alice2"),
  PEERS("", "lists your chats", "lists everybody you have a chat with", "/peers"),
  INFO(
      "",
      "tells how you are connected",
      "tells your name, relay, network and connections",
      "/info"),
  PING(
      "[NAME]",
      "measures the round trip",
      "measures the time to the other side and back",
      "/ping bob"),
  CLEAR(
      "",
      "empties this window",
      "empties this chat's window; the other side keeps its own",
      "/clear"),
  QUIT(
      "",
      "says goodbye and leaves",
      "says goodbye to everybody and ends the program; words that wait for a connection are sent"
          + " first, a second /quit leaves at once",
      "/quit"),
  EXIT("", "the same as /quit", "the same as /quit", "/exit");

  private final String arguments;
  private final String summary;
  private final String purpose;
  private final String example;

  Verb(String arguments, String summary, String purpose, String example) {
    this.arguments = arguments;
    this.summary = summary;
    this.purpose = purpose;
    this.example = example;
  }

  /// With the slash, in lower case, as it is typed.
  public String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  String synopsis() {
    return arguments.isEmpty() ? word() : word() + " " + arguments;
  }

  /// Short enough for one row of the overview on a screen of 80 columns.
  String summary() {
    return summary;
  }

  String purpose() {
    return purpose;
  }

  String example() {
    return example;
  }

  /// The commands that a typed word may mean: the exact one, else all that begin with it.
  ///
  /// @param word with its slash, in any case
  static List<Verb> matching(String word) {
    String typed = word.toLowerCase(Locale.ROOT);
    var exact = Arrays.stream(values()).filter(verb -> verb.word().equals(typed)).findFirst();
    return exact
        .map(List::of)
        .orElseGet(
            () -> Arrays.stream(values()).filter(verb -> verb.word().startsWith(typed)).toList());
  }

  /// The command most like a mistyped word.
  static Optional<Verb> nearest(String word) {
    String typed = word.toLowerCase(Locale.ROOT);
    Verb best = HELP;
    for (var verb : values()) {
      if (Spelling.distance(typed, verb.word()) < Spelling.distance(typed, best.word())) {
        best = verb;
      }
    }
    boolean alike = Spelling.distance(typed, best.word()) <= Math.max(2, typed.length() / 3);
    return alike ? Optional.of(best) : Optional.empty();
  }
}
