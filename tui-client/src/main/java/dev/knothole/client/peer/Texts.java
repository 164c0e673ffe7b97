package dev.knothole.client.peer;

import dev.knothole.protocol.JsonString;
import dev.knothole.protocol.Message.DirectMessage;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts what the user says into pieces that fit into one datagram each.
final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /// Never cuts a code point, and a character as the user sees it (a grapheme cluster) only when it
  /// alone is too long. Half a surrogate pair, which no datagram can carry, becomes U+FFFD.
  static List<DirectMessage> split(String text) {
    String sound = replaceHalves(text);
    List<DirectMessage> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int bytes = 0;
    for (String character : characters(sound)) {
      int more = JsonString.bytes(character);
      if (bytes + more > DirectMessage.MAX_CONTENT_BYTES) {
        pieces.add(message(piece));
        bytes = 0;
        piece.setLength(0);
      }
      bytes += more;
      piece.append(character);
    }
    if (!piece.isEmpty()) {
      pieces.add(message(piece));
    }
    return pieces;
  }

  /// The text that programs of the dialect send to open a hole is never shown. A user who means it
  /// gets a space at its end.
  private static DirectMessage message(CharSequence text) {
    DirectMessage message = new DirectMessage(text.toString());
    return message.equals(DirectMessage.PUNCH) ? new DirectMessage(text + " ") : message;
  }

  private static List<String> characters(String text) {
    List<String> characters = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String character = text.substring(start, end);
      if (JsonString.bytes(character) <= DirectMessage.MAX_CONTENT_BYTES) {
        characters.add(character);
      } else {
        character.codePoints().mapToObj(Character::toString).forEach(characters::add);
      }
      start = end;
    }
    return characters;
  }

  private static String replaceHalves(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
