package dev.knothole.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.knothole.protocol.Message.PeerInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Messages as JSON: externally tagged, `{"Connect":{"target_username":"bob"}}`, and the bare name
/// as a string for a message without components, `"Ping"`. One datagram carries exactly one such
/// value in UTF-8.
///
/// Unknown fields inside a message are tolerated, everything else that is not exactly a message is
/// not.
public final class MessageJson {
  /// The longest datagram of the dialect, in bytes. Other programs of the dialect receive into a
  /// buffer of this size and choke on what is longer.
  public static final int MAX_BYTES = 1024;

  /// The messages without components, by their JSON text.
  private static final Map<String, Message> BARE =
      variants(Message.class)
          .filter(MessageJson::isBare)
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> '"' + type.getSimpleName() + '"', MessageJson::instance));

  private static final Map<Message, byte[]> BARE_BYTES =
      BARE.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(Map.Entry::getValue, e -> e.getKey().getBytes(UTF_8)));

  private MessageJson() {}

  /// At most [#MAX_BYTES] bytes.
  public static byte[] encode(Message message) {
    byte[] bare = BARE_BYTES.get(message);
    if (bare != null) {
      return bare.clone();
    }
    return message instanceof PeerInfo info
        ? CanonicalJson.write(info).orElseGet(() -> write(message))
        : write(message);
  }

  /// The whole of JSON, without the short cut.
  static byte[] write(Message message) {
    return Databind.WRITER.writeValueAsBytes(message);
  }

  /// Reads one datagram.
  ///
  /// @throws MalformedMessage for anything that is not exactly one message; no other exception,
  ///     whatever the bytes
  public static Message decode(byte[] datagram) throws MalformedMessage {
    if (datagram.length > MAX_BYTES) {
      throw new MalformedMessage("longer than " + MAX_BYTES + " bytes");
    }
    var canonical = CanonicalJson.read(datagram);
    return canonical.isPresent() ? canonical.get() : read(datagram);
  }

  /// The whole of JSON, without the short cut.
  static Message read(byte[] datagram) throws MalformedMessage {
    String json = text(datagram);
    Message bare = BARE.get(json);
    if (bare != null) {
      return bare;
    }
    try {
      return isString(json) ? bare(json) : tagged(json);
    } catch (JacksonException e) {
      throw new MalformedMessage("not a message of this dialect");
    }
  }

  private static boolean isString(String json) {
    int start = 0;
    while (start < json.length() && " \t\r\n".indexOf(json.charAt(start)) >= 0) {
      start++;
    }
    return json.startsWith("\"", start);
  }

  /// A bare name that is spelled unusually: white space around it, or escapes within.
  private static Message bare(String json) throws MalformedMessage {
    String name = Databind.MAPPER.readValue(json, String.class);
    Message message = BARE.get('"' + name + '"');
    if (message == null) {
      throw new MalformedMessage("no message of this name");
    }
    return message;
  }

  private static Message tagged(String json) throws MalformedMessage {
    Message message = Databind.READER.readValue(json);
    if (message == null || BARE_BYTES.containsKey(message)) {
      throw new MalformedMessage("a message without components is written as its bare name");
    }
    return message;
  }

  /// Strict, because a lenient decoder would let different bytes be the same name.
  private static String text(byte[] datagram) throws MalformedMessage {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(datagram)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessage("not UTF-8");
    }
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageJson::variants)
        : Stream.of(type);
  }

  private static boolean isBare(Class<?> type) {
    return type.getRecordComponents().length == 0;
  }

  private static Message instance(Class<?> type) {
    try {
      return (Message) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record without components can be made", e);
    }
  }

  /// Loaded with the first message that takes no short cut: it takes some hundred milliseconds,
  /// which a relay that has just started does not have.
  private static final class Databind {
    static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .changeDefaultNullHandling(any -> JsonSetter.Value.forValueNulls(Nulls.FAIL))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    static final ObjectReader READER = MAPPER.readerFor(Message.class);
    static final ObjectWriter WRITER = MAPPER.writerFor(Message.class);
  }
}
