package dev.knothole.client.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Words as a query of SQLite's full-text index (FTS5, section 3).
final class FullText {
  private FullText() {}

  /// All of the words, the last one also as the beginning of one: it may still be being typed.
  /// Quoted, so that no sign in them means anything.
  ///
  /// @return nothing when there is no word to look for
  static Optional<String> query(String words) {
    var quoted =
        Arrays.stream(words.strip().split("\\s+"))
            .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
            .map(word -> '"' + word.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(" "));
    return quoted.isEmpty() ? Optional.empty() : Optional.of(quoted + "*");
  }
}
