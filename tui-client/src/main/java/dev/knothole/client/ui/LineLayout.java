package dev.knothole.client.ui;

import com.googlecode.lanterna.graphics.TextGraphics;
import dev.knothole.client.app.Line;
import dev.knothole.client.text.CellWidth;
import dev.knothole.client.text.Wrap;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One chat line as rows of the screen: `12:01 alice: hi`, its continuations below the text.
final class LineLayout {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  /// Narrower windows have no room for the time beside the text.
  private static final int MIN_COLUMNS_FOR_TIME = 30;

  private final int columns;
  private final CellWidth widths;
  private final ZoneId zone;

  LineLayout(int columns, CellWidth widths, ZoneId zone) {
    this.columns = columns;
    this.widths = widths;
    this.zone = zone;
  }

  /// A row of the screen, ready to paint.
  interface PaintedRow {
    void paint(int left, int row, TextGraphics graphics);
  }

  /// @param before the line above, to tell where a day begins
  List<PaintedRow> rows(Line line, @Nullable Line before) {
    var rows = new ArrayList<PaintedRow>();
    if (before != null && !day(line.at()).equals(day(before.at()))) {
      rows.add(text(Theme.FAINT, "-- " + DAY.format(day(line.at())) + " --"));
    }
    switch (line) {
      case Line.Theirs(_, _, var author, var text, var manner) ->
          spoken(rows, line, new Speaker(author, false), manner, text, Theme.PLAIN);
      case Line.Mine(_, _, var author, var text, var manner, var delivery) ->
          spoken(
              rows,
              line,
              new Speaker(author, true),
              manner,
              text + delivery.mark(manner),
              shade(delivery));
      case Line.Notice(_, _, var text) -> told(rows, line, "-- ", text, Theme.NOTICE);
      case Line.Problem(_, _, var text) -> told(rows, line, "!! ", text, Theme.PROBLEM);
    }
    return rows;
  }

  private record Speaker(String name, boolean own) {}

  private static Theme shade(Line.Delivery delivery) {
    return switch (delivery) {
      case WAITING -> Theme.FAINT;
      case SENT, DELIVERED, READ -> Theme.PLAIN;
      case NOT_SENT -> Theme.PROBLEM;
    };
  }

  private void spoken(
      List<PaintedRow> rows,
      Line line,
      Speaker speaker,
      Line.Manner manner,
      String said,
      Theme style) {
    String time = time(line);
    String author = Row.cut(speaker.name(), Math.max(4, columns / 3), widths);
    String name = manner.kind() == Kind.ACTION ? "* " + author + " " : author + ": ";
    String text = said + manner.mark();
    int indent = widths.of(time + name);
    var wrapped = Wrap.rows(text, columns - indent, 0, widths);
    rows.add(
        (left, row, graphics) -> {
          Theme.FAINT.on(graphics);
          graphics.putString(left, row, time);
          Theme.nick(graphics, speaker.name(), speaker.own());
          graphics.putString(left + time.length(), row, name);
          style.on(graphics);
          graphics.putString(left + indent, row, wrapped.getFirst());
        });
    continuations(rows, wrapped, indent, style);
  }

  private void told(List<PaintedRow> rows, Line line, String sign, String text, Theme style) {
    String time = time(line);
    int indent = time.length() + sign.length();
    var wrapped = Wrap.rows(text, columns - indent, 0, widths);
    rows.add(
        (left, row, graphics) -> {
          Theme.FAINT.on(graphics);
          graphics.putString(left, row, time);
          style.on(graphics);
          graphics.putString(left + time.length(), row, sign + wrapped.getFirst());
        });
    continuations(rows, wrapped, indent, style);
  }

  private static void continuations(
      List<PaintedRow> rows, List<String> wrapped, int indent, Theme style) {
    for (var more : wrapped.subList(1, wrapped.size())) {
      rows.add(
          (left, row, graphics) -> {
            style.on(graphics);
            graphics.putString(left + indent, row, more);
          });
    }
  }

  private PaintedRow text(Theme style, String text) {
    return (left, row, graphics) -> {
      style.on(graphics);
      graphics.putString(left, row, Row.cut(text, columns, widths));
    };
  }

  private String time(Line line) {
    return columns < MIN_COLUMNS_FOR_TIME ? "" : TIME.format(line.at().atZone(zone)) + " ";
  }

  private LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }
}
