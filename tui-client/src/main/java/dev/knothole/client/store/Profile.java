package dev.knothole.client.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.protocol.Username;
import java.nio.file.Path;
import java.util.HexFormat;

/// What belongs to one name of the user on this machine: others know the name by its key, so each
/// has an identity and a history of its own.
///
/// @param folder for the user alone
public record Profile(Path folder) {
  /// File systems take 255 bytes.
  private static final int MAX_CHARS = 200;

  static Profile of(Path data, Username name) {
    return new Profile(data.resolve(fileName(name.value())));
  }

  /// Safe on every file system, and another for every name: what is no plain letter, digit, `-` or
  /// `_` becomes `%` and two hexadecimal digits for each byte.
  private static String fileName(String name) {
    var safe = new StringBuilder();
    for (byte each : name.getBytes(UTF_8)) {
      boolean plain = each > 0 && (Character.isLetterOrDigit(each) || each == '-' || each == '_');
      safe.append(plain ? String.valueOf((char) each) : "%" + HexFormat.of().toHexDigits(each));
    }
    boolean fits = safe.length() <= MAX_CHARS;
    return fits ? safe.toString() : safe.substring(0, MAX_CHARS) + "%" + name.hashCode();
  }

  public Path identityFile() {
    return folder.resolve("identity.pem");
  }

  public Path historyFile() {
    return folder.resolve("history.db");
  }
}
