package dev.knothole.client.console;

import dev.knothole.client.app.Line;
import dev.knothole.protocol.talk.PeerTalk.Kind;
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
      case Line.Theirs(_, _, var author, var text, var manner) ->
          said(author, text, manner) + manner.mark();
      case Line.Mine(_, _, var author, var text, var manner, var delivery) ->
          where + said(author, text, manner) + mark(delivery, manner) + manner.mark();
      case Line.Notice(_, _, var text) -> "-- " + where + hanging(text);
      case Line.Problem(_, _, var text) -> "!! " + where + hanging(text);
    };
  }

  private static String said(String author, String text, Line.Manner manner) {
    return manner.kind() == Kind.ACTION
        ? "* " + author + " " + hanging(text)
        : author + ": " + hanging(text);
  }

  /// A printed line cannot follow what becomes of it.
  private static String mark(Line.Delivery delivery, Line.Manner manner) {
    return delivery == Line.Delivery.WAITING ? delivery.mark(manner) : "";
  }

  /// Further lines are indented, so that nobody can fake the beginning of another message.
  private static String hanging(String text) {
    return text.replace("\n", "\n      ");
  }
}
