package dev.knothole.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.knothole.protocol.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/// Everything the open dialect can say. Record and component names are the wire, see [MessageJson].
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
public sealed interface Message {

  /// What a client says to the relay.
  sealed interface ToRelay extends Message {}

  /// What the relay says to a client.
  sealed interface FromRelay extends Message {}

  /// What two peers say to each other.
  sealed interface BetweenPeers extends Message {}

  /// "I am `username`, at the address this came from."
  ///
  /// @param stun when present, a relay of ours adds a STUN binding response with this transaction
  ///     id to its acknowledgement, so that the client learns its public address without ever
  ///     sending a STUN packet to a relay that would choke on one. Other relays ignore the field.
  record Register(
      @JsonProperty(required = true) Username username,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          @Nullable TransactionId stun)
      implements ToRelay {
    public Register(Username username) {
      this(username, null);
    }
  }

  record RegisterAck() implements FromRelay {}

  record Connect(@JsonProperty(value = "target_username", required = true) Username targetUsername)
      implements ToRelay {}

  record PeerInfo(
      @JsonProperty(required = true) Endpoint peer,
      @JsonProperty(required = true) Username username)
      implements FromRelay {}

  record TargetNotFound() implements FromRelay {}

  record TargetBusy() implements FromRelay {}

  record SessionFinished() implements ToRelay {}

  /// One line of chat.
  ///
  /// @param content well-formed Unicode; the whole message fits into [MessageJson#MAX_BYTES]
  record DirectMessage(@JsonProperty(required = true) String content) implements BetweenPeers {
    private static final int ENVELOPE_BYTES = "{\"DirectMessage\":{\"content\":\"\"}}".length();

    /// How long the content may be on the wire, in bytes of escaped UTF-8.
    public static final int MAX_CONTENT_BYTES = MessageJson.MAX_BYTES - ENVELOPE_BYTES;

    /// What programs of this dialect send to open a hole; nobody means it to be read.
    public static final DirectMessage PUNCH = new DirectMessage("Punch!");

    public DirectMessage {
      if (JsonString.bytes(content) > MAX_CONTENT_BYTES) {
        throw new IllegalArgumentException("the text does not fit into one datagram");
      }
    }
  }

  record Ping() implements BetweenPeers {}

  record Pong() implements BetweenPeers {}

  record Goodbye() implements BetweenPeers {}
}
