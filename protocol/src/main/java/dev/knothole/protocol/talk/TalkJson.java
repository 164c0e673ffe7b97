package dev.knothole.protocol.talk;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.knothole.protocol.MalformedMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Messages of one kind as JSON, externally tagged: `{"Call":{"username":"bob"}}`. Unknown fields
/// are tolerated, so that later versions can add some; unknown messages are not.
///
/// @param <M> a sealed interface of records
public final class TalkJson<M> {
  public static final TalkJson<RelayTalk> RELAY = new TalkJson<>(RelayTalk.class);
  public static final TalkJson<PeerTalk> PEER = new TalkJson<>(PeerTalk.class);

  private final Class<M> type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private TalkJson(Class<M> type) {
    var mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .changeDefaultNullHandling(
                any -> JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    this.type = type;
    reader = mapper.readerFor(type);
    writer = mapper.writerFor(type);
  }

  byte[] encode(M message) {
    return writer.writeValueAsBytes(message);
  }

  /// @throws MalformedMessage for anything that is not exactly one message; no other exception,
  ///     whatever the bytes
  M decode(byte[] json) throws MalformedMessage {
    try {
      Object message = reader.readValue(json);
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    } catch (JacksonException e) {
      // Said below.
    }
    throw new MalformedMessage("not a message of " + type.getSimpleName());
  }
}
