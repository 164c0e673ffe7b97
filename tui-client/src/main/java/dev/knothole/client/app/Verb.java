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
  ME("TEXT", "says what you do", "says what you do: /me waves shows * alice waves", "/me waves"),
  ACCEPT("[NAME]", "lets somebody in", "says yes to who wants to talk to you", "/accept bob"),
  REJECT("[NAME]", "keeps somebody out", "says no to who wants to talk to you", "/reject bob"),
  BLOCK(
      "NAME",
      "keeps somebody out for good",
      "refuses all calls of somebody, without telling you or them",
      "/block bob"),
  UNBLOCK("NAME", "lets somebody call again", "takes a /block back", "/unblock bob"),
  VERIFY(
      "[NAME]",
      "compares keys by voice",
      "shows six words that both of you see if nobody is between you; y or n answers",
      "/verify bob"),
  TRUST(
      "NAME|relay",
      "accepts a changed key",
      "accepts the new key of somebody, or of the relay, after you were warned",
      "/trust bob"),
  FINGERPRINT(
      "[NAME]", "shows keys", "shows your key and that of the other side", "/fingerprint bob"),
  QUEUE("", "lists what waits", "lists what was not delivered yet", "/queue"),
  UNSEND(
      "",
      "takes a line back",
      "takes back the newest line of this chat that has not gone out",
      "/unsend"),
  RETRY(
      "",
      "tries to deliver now",
      "tries now to reach everybody that lines wait for; signs in again after you did elsewhere",
      "/retry"),
  SEARCH(
      "WORDS",
      "searches all chats",
      "finds lines with all of these words, in all chats",
      "/search train friday"),
  HISTORY(
      "[COUNT]",
      "shows earlier lines",
      "shows earlier lines of this chat, 20 unless you say how many",
      "/history 50"),
  EXPORT(
      "FILE",
      "writes the chat to a file",
      "writes all of this chat to a new text file",
      "/export bob.txt"),
  AWAY(
      "[REASON]",
      "says that you are away",
      "tells everybody you are connected with that you are away; once more, that you are back",
      "/away lunch"),
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

  /// The commands that a typed word may mean: the exact one, else the only usual one that begins
  /// with it, else all that do.
  ///
  /// @param word with its slash, in any case
  static List<Verb> matching(String word) {
    String typed = word.toLowerCase(Locale.ROOT);
    var exact = Arrays.stream(values()).filter(verb -> verb.word().equals(typed)).findFirst();
    if (exact.isPresent()) {
      return List.of(exact.get());
    }
    var all = Arrays.stream(values()).filter(verb -> verb.word().startsWith(typed)).toList();
    var usual = all.stream().filter(verb -> !verb.isRare()).toList();
    return usual.size() == 1 ? usual : all;
  }

  /// Seldom typed: a beginning that it shares with a usual one means that one.
  boolean isRare() {
    return switch (this) {
      case ME, BLOCK, UNBLOCK, FINGERPRINT, QUEUE, UNSEND, RETRY, HISTORY, EXPORT, EXIT -> true;
      case HELP,
          CONNECT,
          DISCONNECT,
          MSG,
          ACCEPT,
          REJECT,
          VERIFY,
          TRUST,
          SEARCH,
          AWAY,
          NICK,
          PEERS,
          INFO,
          PING,
          CLEAR,
          QUIT ->
          false;
    };
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
