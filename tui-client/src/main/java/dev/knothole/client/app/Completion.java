package dev.knothole.client.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the Tab key may put where the cursor stands.
///
/// @param from where the word to be completed begins in the text
/// @param candidates whole words, in the order to offer them
public record Completion(int from, List<String> candidates) {
  /// @param names of those one could mean, most recent first
  public static Completion of(String beforeCursor, List<String> names) {
    int from = beforeCursor.lastIndexOf(' ') + 1;
    String word = beforeCursor.substring(from);
    if (from == 0) {
      return word.startsWith("/")
          ? new Completion(0, matching(words(), word, ""))
          : new Completion(0, word.isEmpty() ? List.of() : matching(names.stream(), word, ": "));
    }
    return new Completion(from, argument(beforeCursor.substring(0, from).strip(), word, names));
  }

  private static List<String> argument(String before, String word, List<String> names) {
    if (!before.startsWith("/") || before.startsWith("//")) {
      return word.isEmpty() ? List.of() : matching(names.stream(), word, "");
    }
    var verbs = Verb.matching(before);
    if (verbs.size() != 1) {
      return List.of();
    }
    return switch (verbs.getFirst()) {
      case HELP -> matching(words().map(verb -> verb.substring(1)), word, "");
      case CONNECT, DISCONNECT, PING, ACCEPT, REJECT, BLOCK, UNBLOCK, VERIFY, TRUST, FINGERPRINT ->
          matching(names.stream(), word, "");
      case MSG -> matching(names.stream(), word, " ");
      case ME, QUEUE, UNSEND, RETRY, SEARCH, HISTORY, EXPORT, AWAY -> List.of();
      case NICK, PEERS, INFO, CLEAR, QUIT, EXIT -> List.of();
    };
  }

  private static Stream<String> words() {
    return Arrays.stream(Verb.values()).map(Verb::word);
  }

  private static List<String> matching(Stream<String> words, String start, String after) {
    String typed = start.toLowerCase(Locale.ROOT);
    return words
        .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(typed))
        .map(word -> word + after)
        .toList();
  }
}
