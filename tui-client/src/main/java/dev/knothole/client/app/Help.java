package dev.knothole.client.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What `/help` answers.
final class Help {
  private static final List<String> KEYS =
      List.of(
          "Enter sends, Alt-Enter or Ctrl-J starts a new line, Tab completes.",
          "Alt-1 to Alt-9 open a chat by its number, Ctrl-N and Ctrl-P (or Alt with the arrows) the"
              + " next and the previous.",
          "Alt-A opens the next chat with something new.",
          "PgUp and PgDn scroll, Ctrl-Home goes to the top, End or Esc back to the newest line.",
          "Up and Down walk through what you sent.",
          "Ctrl-A, E, K, U, W, Y, T and Alt-B, F, D edit the line as in a shell.",
          "F1 shows this help, F7 hides or shows the list of peers, Ctrl-L repaints the screen.",
          "Ctrl-Z suspends the program, Ctrl-C empties the line, twice on an empty line it quits.",
          "Esc and then a key is the same as Alt with it.");

  private Help() {}

  static List<String> about(String topic) {
    if (topic.isEmpty()) {
      return overview();
    }
    if ("keys".equalsIgnoreCase(topic)) {
      return KEYS;
    }
    var verbs = Verb.matching(topic.startsWith("/") ? topic : "/" + topic);
    return verbs.isEmpty()
        ? List.of("There is no help on " + topic + ". /help lists all commands.")
        : verbs.stream().flatMap(verb -> explain(verb).stream()).toList();
  }

  private static List<String> overview() {
    var usual = Arrays.stream(Verb.values()).filter(verb -> !verb.isRare()).toList();
    int width = usual.stream().mapToInt(verb -> verb.synopsis().length()).max().orElse(0);
    var lines = new ArrayList<String>();
    for (var verb : usual) {
      String padding = " ".repeat(width - verb.synopsis().length());
      lines.add(verb.synopsis() + padding + " " + verb.summary());
    }
    for (var row : rare()) {
      lines.add(row);
    }
    lines.add("All else is said in the open chat; //text says /text.");
    lines.add("/help keys explains the keys, /help connect the command.");
    return lines;
  }

  /// In two rows, so that all of it fits a screen.
  private static List<String> rare() {
    var words = Arrays.stream(Verb.values()).filter(Verb::isRare).map(Verb::word).toList();
    int half = (words.size() + 1) / 2;
    return List.of(
        "Also: " + String.join(" ", words.subList(0, half)),
        "      " + String.join(" ", words.subList(half, words.size())));
  }

  private static List<String> explain(Verb verb) {
    return List.of(verb.synopsis() + ": " + verb.purpose(), "Example: " + verb.example());
  }
}
