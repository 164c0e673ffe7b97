package dev.knothole.client.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.toml.TomlMapper;

/// Reads and first writes `config.toml`. It is never overwritten: what a hand wrote stays.
public final class ConfigFile {
  private static final String DEFAULT =
      """
      # Knothole's configuration. Options on the command line win over this file.
      # A line that begins with # is a comment; take the # away to set a key.

      # What you are called at the relay. Without it: your login name.
      #name = "alice"

      # The relays to use, best first, as "HOST" or "HOST:PORT" (3478 when no port is given).
      # Without any: the one at localhost, or one hosted inside this program.
      #relays = ["relay.example.org", "192.0.2.1:3478"]

      # The local UDP port. 0 takes any free one; set it when your router forwards a port to you.
      #port = 0

      # Hide your address from those you talk to: everything goes through the relay, slower.
      #relay_only = true

      # Tell others which of their lines you have read, and see the same of yours.
      #read_receipts = true

      # Tell others that you are typing, and see the same of them.
      #typing = true
      """;

  private ConfigFile() {}

  /// @return an empty configuration when there is no such file
  /// @throws ConfigError when the file cannot be read or says something wrong
  public static Config read(Path file) throws ConfigError {
    if (Files.notExists(file)) {
      return Config.EMPTY;
    }
    String text = text(file);
    try {
      return TomlMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(LogicalType.Textual, ConfigFile::onlyText)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build()
          .readValue(text, Config.class);
    } catch (UnrecognizedPropertyException e) {
      throw error(
          file, lineOf(text, e.getPropertyName()), "there is no key called " + e.getPropertyName());
    } catch (JacksonException e) {
      throw error(file, line(e, text), e.getOriginalMessage());
    }
  }

  /// A number or a truth value in place of a text is a slip.
  private static void onlyText(MutableCoercionConfig text) {
    for (var shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      text.setCoercion(shape, CoercionAction.Fail);
    }
  }

  /// A value that TOML allows and we do not.
  ///
  /// @param reason a sentence
  public static ConfigError wrong(Path file, String key, String reason) throws ConfigError {
    return error(file, lineOf(text(file), key), reason);
  }

  private static String text(Path file) throws ConfigError {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigError(file + " cannot be read: it is not UTF-8 text.");
    } catch (IOException e) {
      throw new ConfigError(file + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /// A wrong value is found after parsing, when only its key is known.
  private static int line(JacksonException e, String text) {
    if (!e.getPath().isEmpty() && e.getPath().getFirst().getPropertyName() != null) {
      return lineOf(text, e.getPath().getFirst().getPropertyName());
    }
    var location = e.getLocation();
    if (location == null) {
      return 1;
    }
    // A fault that shows only at the end of its line is reported at the start of the next.
    return Math.max(1, location.getLineNr() - (location.getColumnNr() <= 1 ? 1 : 0));
  }

  private static int lineOf(String text, String key) {
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).strip().startsWith(key)) {
        return at + 1;
      }
    }
    return 1;
  }

  private static ConfigError error(Path file, int line, String reason) {
    String oneLine = reason.lines().findFirst().orElse("not understood").strip();
    return new ConfigError(
        file + ", line " + line + ": " + oneLine.replaceFirst("[.?!]+$", "") + ".");
  }

  /// Writes the commented default.
  ///
  /// @throws FileAlreadyExistsException when there is one; it is left as it is
  public static void create(Folders folders) throws IOException {
    Folders.makePrivate(folders.config());
    var file = folders.configFile();
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, Folders.mode(file, "rw-------"))) {
      channel.write(ByteBuffer.wrap(DEFAULT.getBytes(UTF_8)));
      channel.force(true);
    }
  }
}
