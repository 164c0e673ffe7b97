package dev.knothole.client.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The lines of one chat, oldest first.
public final class Transcript {
  /// Lines kept for scrolling back.
  static final int MAX_LINES = 2_000;

  /// Characters kept for scrolling back: [Desk#MAX_CHATS] chats that strangers fill with long lines
  /// must fit into the client's heap of 64 MB.
  static final int MAX_CHARS = 200_000;

  /// How many to let go of at once, so that dropping costs nothing per line.
  private static final int SLACK = 200;

  private final List<Line> lines = new ArrayList<>();
  private long nextId;
  private int chars;

  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  Line add(LineMaker maker, Instant now) {
    var line = maker.make(nextId++, now);
    lines.add(line);
    chars += line.text().length();
    if (lines.size() > MAX_LINES + SLACK || chars > MAX_CHARS) {
      forgetOldest();
    }
    return line;
  }

  private void forgetOldest() {
    int forgotten = 0;
    while (forgotten < lines.size() - 1 && (forgotten < SLACK || chars > MAX_CHARS / 2)) {
      chars -= lines.get(forgotten).text().length();
      forgotten++;
    }
    lines.subList(0, forgotten).clear();
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

  void remove(long id) {
    lines.removeIf(line -> line.id() == id);
  }

  /// A line by its number, if it is still here.
  Optional<Line> find(long id) {
    return lines.stream().filter(line -> line.id() == id).findFirst();
  }

  void clear() {
    lines.clear();
    chars = 0;
  }

  @FunctionalInterface
  interface LineMaker {
    Line make(long id, Instant at);
  }
}
