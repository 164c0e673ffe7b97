package dev.knothole.client.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The slash commands: what each is called, takes and does.
public enum Verb {
  HELP("[COMMAND|keys]", "lists the commands, explains one of them, or the keys", "/help connect"),
  CONNECT(
      "NAME | HOST:PORT",
      "opens a chat with somebody at your relay, or directly with an address",
      "/connect bob"),
  DISCONNECT("[NAME]", "ends the connection of this chat, or of the named one", "/disconnect bob"),
  MSG("NAME TEXT", "says something to somebody without changing the chat", "/msg bob hello"),
  NICK("NAME", "takes another name at the relay", "/nick alice2"),
  PEERS("", "lists everybody you have a chat with", "/peers"),
  INFO("", "tells your name, relay, network and connections", "/info"),
  PING("[NAME]", "measures the time to the other side and back", "/ping bob"),
  CLEAR("", "empties this chat's window; the other side keeps its own", "/clear"),
  QUIT("", "says goodbye to everybody and ends the program", "/quit"),
  EXIT("", "the same as /quit", "/exit");

  private final String arguments;
  private final String purpose;
  private final String example;

  Verb(String arguments, String purpose, String example) {
    this.arguments = arguments;
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
