package dev.knothole.client.console;

import dev.knothole.client.app.Line;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A chat line as text: `12:01 alice: hi`.
final class PrintedLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private PrintedLine() {}

  /// @param where the chat's name and a blank, or nothing when it is the open one
  static String of(Line line, String where, ZoneId zone) {
    return TIME.format(line.at().atZone(zone)) + " " + body(line, where);
  }

  private static String body(Line line, String where) {
    return switch (line) {
      case Line.Theirs(_, _, var author, var text) -> author + ": " + hanging(text);
      case Line.Mine(_, _, var author, var text, var delivery) ->
          where + author + ": " + hanging(text) + mark(delivery);
      case Line.Notice(_, _, var text) -> "-- " + where + hanging(text);
      case Line.Problem(_, _, var text) -> "!! " + where + hanging(text);
    };
  }

  private static String mark(Line.Delivery delivery) {
    return delivery == Line.Delivery.WAITING ? "  (waiting for the connection)" : "";
  }

  /// Further lines are indented, so that nobody can fake the beginning of another message.
  private static String hanging(String text) {
    return text.replace("\n", "\n      ");
  }
}
