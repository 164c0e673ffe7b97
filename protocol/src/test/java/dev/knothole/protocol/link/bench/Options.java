package dev.knothole.protocol.link.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/// What the user asked for.
///
/// @param words of the cells that are measured; none is all
record Options(Effort effort, List<Contestant> contestants, List<String> words) {
  /// For a look: ours and who is hardest to beat.
  private static final List<Contestant> FEW = List.of(Contestant.OURS, Contestant.NETTY_EPOLL_BBR);

  static Options parse(String... arguments) {
    var options = new Options(Effort.FULL, List.of(), List.of());
    var left = new ArrayDeque<>(List.of(arguments));
    int repeats = 0;
    while (!left.isEmpty()) {
      String option = left.remove();
      switch (option) {
        case "--quick" -> options = options.with(Effort.QUICK);
        case "--repeats" -> repeats = positive(value(option, left));
        case "--contestants" -> options = options.withContestants(list(value(option, left)));
        case "--only" -> options = options.withWords(list(value(option, left)));
        default -> throw new IllegalArgumentException("unknown option '" + option + "'");
      }
    }
    options = options.contestants.isEmpty() ? options.withUsualContestants() : options;
    return repeats == 0 ? options : options.with(options.effort.withRepeats(repeats));
  }

  private Options withUsualContestants() {
    var usual = effort.equals(Effort.QUICK) ? FEW : List.of(Contestant.values());
    return new Options(effort, usual, words);
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException("'" + option + "' needs a value");
    }
    return left.remove();
  }

  private static int positive(String number) {
    if (!number.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("'" + number + "' is no number of repeats");
    }
    return Integer.parseInt(number);
  }

  private static List<String> list(String words) {
    return List.of(words.split("[, ]+", -1));
  }

  private Options with(Effort newEffort) {
    return new Options(newEffort, contestants, words);
  }

  private Options withContestants(List<String> names) {
    return new Options(effort, names.stream().map(Contestant::named).toList(), words);
  }

  private Options withWords(List<String> newWords) {
    for (var word : newWords) {
      if (Arrays.stream(Cell.values()).noneMatch(cell -> chooses(word, cell))) {
        throw new IllegalArgumentException("no cell is called '" + word + "' but " + everyWord());
      }
    }
    return new Options(effort, contestants, newWords);
  }

  private static String everyWord() {
    return Arrays.stream(Cell.values())
        .map(Cell::word)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static boolean chooses(String word, Cell cell) {
    return cell.word().startsWith(word) || cell.table().name().equalsIgnoreCase(word);
  }

  boolean wants(Cell cell) {
    return words.isEmpty() || words.stream().anyMatch(word -> chooses(word, cell));
  }
}
