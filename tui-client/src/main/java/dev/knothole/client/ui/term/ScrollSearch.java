package dev.knothole.client.ui.term;

import java.util.Optional;

/// Finds rows that moved up or down together, as messages do when a new one comes.
///
/// Rows need not move whole: a list beside the messages stays, is moved along by the terminal and
/// has to be painted again; what counts is the number of cells that come to be right without being
/// sent.
final class ScrollSearch {
  /// The bytes of setting a region, moving and resetting it, with a little to spare.
  private static final int MIN_GAIN = 30;

  private final CellGrid shown;
  private final CellGrid next;
  private final int[] stay;

  private ScrollSearch(CellGrid shown, CellGrid next) {
    this.shown = shown;
    this.next = next;
    this.stay = new int[shown.rows()];
    for (int row = 0; row < stay.length; row++) {
      stay[row] = matches(row, row);
    }
  }

  /// Rows from `top` to `bottom`, inclusive, that should move up by `distance` (down if negative).
  record Scroll(int top, int bottom, int distance, int gain) {}

  /// The most useful scroll from what is shown to what comes next.
  static Optional<Scroll> between(CellGrid shown, CellGrid next) {
    var search = new ScrollSearch(shown, next);
    int top = 0;
    int bottom = shown.rows() - 1;
    while (top <= bottom && search.stay[top] == shown.columns()) {
      top++;
    }
    while (bottom >= top && search.stay[bottom] == shown.columns()) {
      bottom--;
    }
    return search.best(top, bottom);
  }

  private Optional<Scroll> best(int top, int bottom) {
    var best = Optional.<Scroll>empty();
    int furthest = (bottom - top + 1) / 2;
    for (int distance = -furthest; distance <= furthest; distance++) {
      var found = distance == 0 ? Optional.<Scroll>empty() : best(top, bottom, distance);
      if (found.isPresent() && (best.isEmpty() || found.get().gain > best.get().gain)) {
        best = found;
      }
    }
    return best;
  }

  /// The run of rows with the greatest sum of gains, less what the rows lose that are scrolled in.
  private Optional<Scroll> best(int top, int bottom, int distance) {
    int first = Math.max(top, top - distance);
    int last = Math.min(bottom, bottom - distance);
    int bestSum = 0;
    int bestFirst = first;
    int bestLast = first - 1;
    int sum = 0;
    int from = first;
    for (int row = first; row <= last; row++) {
      sum += matches(row, row + distance) - stay[row];
      if (sum <= 0) {
        sum = 0;
        from = row + 1;
      } else if (sum > bestSum) {
        bestSum = sum;
        bestFirst = from;
        bestLast = row;
      }
    }
    return bestSum < MIN_GAIN
        ? Optional.empty()
        : worthwhile(bestFirst, bestLast, distance, bestSum);
  }

  private Optional<Scroll> worthwhile(int first, int last, int distance, int sum) {
    int top = Math.min(first, first + distance);
    int bottom = Math.max(last, last + distance);
    int gain = sum;
    for (int row = top; row <= bottom; row++) {
      if (row < first || row > last) {
        gain -= stay[row] - blanks(row);
      }
    }
    return gain < MIN_GAIN
        ? Optional.empty()
        : Optional.of(new Scroll(top, bottom, distance, gain));
  }

  private int matches(int nextRow, int shownRow) {
    int matches = 0;
    for (int column = 0; column < next.columns(); column++) {
      if (next.at(column, nextRow).hashCode() == shown.at(column, shownRow).hashCode()) {
        matches++;
      }
    }
    return matches;
  }

  private int blanks(int row) {
    int blanks = 0;
    for (int column = 0; column < next.columns(); column++) {
      if (next.at(column, row).equals(Cell.BLANK)) {
        blanks++;
      }
    }
    return blanks;
  }
}
