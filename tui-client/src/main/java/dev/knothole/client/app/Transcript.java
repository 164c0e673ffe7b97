package dev.knothole.client.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/// The lines of one chat, oldest first.
public final class Transcript {
  /// Lines kept for scrolling back. 2,000 lines of 1 kB are 2 MB, and a few such chats fit into the
  /// client's 64 MB heap.
  static final int MAX_LINES = 2_000;

  /// How many to let go of at once, so that dropping costs nothing per line.
  private static final int SLACK = 200;

  private final List<Line> lines = new ArrayList<>();
  private long nextId;

  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  Line add(LineMaker maker, Instant now) {
    var line = maker.make(nextId++, now);
    lines.add(line);
    if (lines.size() > MAX_LINES + SLACK) {
      lines.subList(0, SLACK).clear();
    }
    return line;
  }

  /// The line changed is nearly always among the last.
  void change(long id, UnaryOperator<Line> change) {
    for (int at = lines.size() - 1; at >= 0; at--) {
      if (lines.get(at).id() == id) {
        lines.set(at, change.apply(lines.get(at)));
        return;
      }
    }
  }

  void clear() {
    lines.clear();
  }

  @FunctionalInterface
  interface LineMaker {
    Line make(long id, Instant at);
  }
}
