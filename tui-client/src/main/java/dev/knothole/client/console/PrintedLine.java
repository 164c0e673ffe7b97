package dev.knothole.client.console;

import dev.knothole.client.app.Line;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A chat line as text: `12:01 alice: hi`.
final class PrintedLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private PrintedLine() {}

  static String of(Line line, ZoneId zone) {
    return TIME.format(line.at().atZone(zone)) + " " + body(line);
  }

  private static String body(Line line) {
    return switch (line) {
      case Line.Theirs(_, _, var author, var text) -> author + ": " + hanging(text);
      case Line.Mine(_, _, var author, var text, var delivery) ->
          author + ": " + hanging(text) + mark(delivery);
      case Line.Notice(_, _, var text) -> "-- " + hanging(text);
      case Line.Problem(_, _, var text) -> "!! " + hanging(text);
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
