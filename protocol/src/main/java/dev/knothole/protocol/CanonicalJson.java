package dev.knothole.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.stun.TransactionId;
import java.util.Arrays;
import java.util.Optional;

/// The short cut for what a busy relay reads and writes all day: the spelling that every program of
/// this dialect uses, with plain ASCII names. Whatever is spelled otherwise is left to the real
/// parser; what is read or written here is exactly what it would read or write.
final class CanonicalJson {
  private static final byte[] REGISTER = ascii("{\"Register\":{\"username\":\"");
  private static final byte[] STUN = ascii("\",\"stun\":\"");
  private static final byte[] CONNECT = ascii("{\"Connect\":{\"target_username\":\"");
  private static final byte[] END = ascii("\"}}");

  private CanonicalJson() {}

  /// Empty unless the datagram is a message of this spelling.
  static Optional<Message> read(byte[] datagram) {
    if (holds(REGISTER, datagram, 0)) {
      return register(datagram);
    }
    if (holds(CONNECT, datagram, 0)) {
      return connect(datagram);
    }
    return Optional.empty();
  }

  private static Optional<Message> register(byte[] json) {
    int end = endOfPlainText(json, REGISTER.length);
    if (!isName(end - REGISTER.length)) {
      return Optional.empty();
    }
    if (ends(json, end)) {
      return Optional.of(new Register(name(json, REGISTER.length, end)));
    }
    int id = end + STUN.length;
    int idEnd = id + 2 * TransactionId.BYTES;
    if (holds(STUN, json, end) && ends(json, idEnd) && isLowerCaseHex(json, id, idEnd)) {
      var stun = new TransactionId(text(json, id, idEnd));
      return Optional.of(new Register(name(json, REGISTER.length, end), stun));
    }
    return Optional.empty();
  }

  private static Optional<Message> connect(byte[] json) {
    int end = endOfPlainText(json, CONNECT.length);
    return isName(end - CONNECT.length) && ends(json, end)
        ? Optional.of(new Connect(name(json, CONNECT.length, end)))
        : Optional.empty();
  }

  /// Empty unless the name is plain ASCII without anything to escape.
  static Optional<byte[]> write(PeerInfo info) {
    String name = info.username().value();
    return isPlain(name)
        ? Optional.of(
            ascii(
                "{\"PeerInfo\":{\"peer\":\"" + info.peer() + "\",\"username\":\"" + name + "\"}}"))
        : Optional.empty();
  }

  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (!isPlain(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  /// Printable ASCII that stands for itself in a JSON string.
  private static boolean isPlain(int c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
  }

  private static int endOfPlainText(byte[] json, int start) {
    int end = start;
    while (end < json.length && isPlain(json[end])) {
      end++;
    }
    return end;
  }

  private static boolean isName(int length) {
    return length > 0 && length <= Username.MAX_BYTES;
  }

  private static boolean isLowerCaseHex(byte[] json, int start, int end) {
    for (int at = start; at < end; at++) {
      if (!(json[at] >= '0' && json[at] <= '9') && !(json[at] >= 'a' && json[at] <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static Username name(byte[] json, int start, int end) {
    return new Username(text(json, start, end));
  }

  private static String text(byte[] json, int start, int end) {
    return new String(json, start, end - start, ISO_8859_1);
  }

  private static boolean ends(byte[] json, int at) {
    return json.length == at + END.length && holds(END, json, at);
  }

  private static boolean holds(byte[] part, byte[] json, int at) {
    return json.length >= at + part.length
        && Arrays.equals(part, 0, part.length, json, at, at + part.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
