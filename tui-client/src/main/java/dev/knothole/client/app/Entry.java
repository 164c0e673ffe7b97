package dev.knothole.client.app;

import dev.knothole.client.peer.PeerId;
import dev.knothole.protocol.Username;
import java.util.List;

/// What a typed line means.
sealed interface Entry {
  record Do(Command command) implements Entry {}

  record Say(String text) implements Entry {}

  /// Not understood; nothing was done and nothing sent.
  record Mistake(String sentence) implements Entry {}

  record Nothing() implements Entry {}

  /// What `/history` shows unless told otherwise.
  int USUAL_COUNT = 20;

  /// A line that begins with one slash is a command, with two it is a text that begins with one.
  static Entry parse(String line) {
    if (line.isBlank()) {
      return new Nothing();
    }
    if (line.startsWith("//")) {
      return new Say(line.substring(1));
    }
    if (line.startsWith("/")) {
      return command(line.strip());
    }
    return slip(line);
  }

  /// A command with white space before it was hardly meant to be read by the other side.
  private static Entry slip(String line) {
    String word = line.strip().split("\\s", 2)[0];
    boolean isCommand =
        line.charAt(0) != word.charAt(0) && word.startsWith("/") && !Verb.matching(word).isEmpty();
    return isCommand && word.length() > 1 && !word.startsWith("//")
        ? new Mistake(
            "There is a space before " + word + ", so nothing was done. Type it without the space.")
        : new Say(line);
  }

  private static Entry command(String line) {
    String[] parts = line.split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    var verbs = parts[0].length() > 1 ? Verb.matching(parts[0]) : List.<Verb>of();
    if (verbs.size() != 1) {
      return new Mistake(unknown(parts[0], verbs));
    }
    try {
      return new Do(read(verbs.getFirst(), rest));
    } catch (IllegalArgumentException e) {
      return new Mistake(e.getMessage() + " Usage: " + verbs.getFirst().synopsis());
    }
  }

  private static String unknown(String word, List<Verb> candidates) {
    if (word.length() == 1) {
      return "A slash alone does nothing; the command follows it at once. /help lists all of them.";
    }
    if (!candidates.isEmpty()) {
      var words = candidates.stream().map(Verb::word).toList();
      return word + " could be " + String.join(" or ", words) + ". Type more of it.";
    }
    return Verb.nearest(word)
        .map(verb -> "There is no command " + word + ". Did you mean " + verb.word() + "?")
        .orElse("There is no command " + word + ". /help lists all of them.");
  }

  private static Command read(Verb verb, String rest) {
    return switch (verb) {
      case HELP -> new Command.Help(rest.strip());
      case CONNECT -> new Command.Connect(Target.parse(word(rest, "Whom do you want to reach?")));
      case DISCONNECT -> new Command.Disconnect(where(rest));
      case MSG -> message(rest);
      case ME -> new Command.Deed(some(rest, "What do you do?"));
      case ACCEPT -> new Command.Accept(where(rest));
      case REJECT -> new Command.Reject(where(rest));
      case BLOCK -> new Command.Block(name(rest, "Whom?"), true);
      case UNBLOCK -> new Command.Block(name(rest, "Whom?"), false);
      case VERIFY -> new Command.Verify(where(rest));
      case TRUST ->
          "relay".equalsIgnoreCase(rest.strip())
              ? new Command.TrustRelay()
              : new Command.Trust(name(rest, "Whose new key do you trust?"));
      case FINGERPRINT -> new Command.ShowFingerprint(where(rest));
      case QUEUE -> none(rest, new Command.ShowQueue());
      case UNSEND -> none(rest, new Command.Unsend());
      case RETRY -> none(rest, new Command.Retry());
      case SEARCH -> new Command.Search(some(rest, "What are you looking for?"));
      case HISTORY -> new Command.ShowHistory(count(rest));
      case EXPORT -> new Command.Export(some(rest, "To which file?"));
      case AWAY -> new Command.SetAway(rest.strip());
      case NICK -> new Command.Nick(OwnName.parse(word(rest, "Which name do you want?")));
      case PEERS -> none(rest, new Command.Peers());
      case INFO -> none(rest, new Command.Status());
      case PING -> new Command.Ping(where(rest));
      case CLEAR -> none(rest, new Command.Clear());
      case QUIT, EXIT -> none(rest, new Command.Quit());
    };
  }

  private static Command message(String rest) {
    String[] parts = rest.split("\\s+", 2);
    String name = word(parts[0], "Whom is it for?");
    if (parts.length < 2 || parts[1].isBlank()) {
      throw new IllegalArgumentException("What do you want to say to " + name + "?");
    }
    return new Command.Message(peer(name), parts[1]);
  }

  private static String some(String rest, String question) {
    if (rest.isBlank()) {
      throw new IllegalArgumentException(question);
    }
    return rest.strip();
  }

  private static Username name(String rest, String question) {
    return peer(word(rest, question)) instanceof PeerId.Named(var name)
        ? name
        : OwnName.parse(word(rest, question));
  }

  private static int count(String rest) {
    if (rest.isBlank()) {
      return USUAL_COUNT;
    }
    if (!rest.strip().matches("[1-9]\\d{0,2}")) {
      throw new IllegalArgumentException("That is no number of lines from 1 to 999.");
    }
    return Integer.parseInt(rest.strip());
  }

  private static String word(String rest, String question) {
    if (rest.isBlank()) {
      throw new IllegalArgumentException(question);
    }
    if (rest.strip().split("\\s").length > 1) {
      throw new IllegalArgumentException("That is more than one word.");
    }
    return rest.strip();
  }

  private static <C extends Command> C none(String rest, C command) {
    if (!rest.isBlank()) {
      throw new IllegalArgumentException("Nothing was done: this command takes no arguments.");
    }
    return command;
  }

  private static Where where(String rest) {
    if (rest.isBlank()) {
      return new Where.Here();
    }
    return new Where.In(new ChatId.With(peer(word(rest, ""))));
  }

  private static PeerId peer(String text) {
    return switch (Target.parse(text)) {
      case Target.Peer(PeerId id) -> id;
      case Target.Host _ ->
          throw new IllegalArgumentException("Name the chat as the list of peers shows it.");
    };
  }
}
