package dev.knothole.protocol.talk;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import java.util.List;

/// What two clients say to each other over their link. Record and component names are the wire, see
/// [TalkJson].
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
public sealed interface PeerTalk {
  /// The first word of either side.
  ///
  /// @param reads whether this side tells what it has read, which it then wants to be told too
  /// @param typing the same for typing
  record Hello(
      @JsonProperty(required = true) Username username,
      @JsonProperty(required = true) boolean reads,
      @JsonProperty(required = true) boolean typing)
      implements PeerTalk {}

  /// Where this side may be reached without the relay; replaces what was said before. None from who
  /// hides its address.
  ///
  /// @param addresses at most [#MAX], the likeliest first
  record Candidates(@JsonProperty(required = true) List<Endpoint> addresses) implements PeerTalk {
    /// More than a host has interfaces that matter.
    public static final int MAX = 8;

    public Candidates {
      addresses = List.copyOf(addresses);
      if (addresses.size() > MAX) {
        throw new IllegalArgumentException("more than " + MAX + " addresses");
      }
    }
  }

  /// One message. It is sent again over later links, in the order of writing, until it is
  /// [Stored].
  ///
  /// @param sentAt when it was written, in milliseconds since the epoch, by the writer's clock
  /// @param content well-formed Unicode, at most [#MAX_CHARS]
  record Text(
      @JsonProperty(required = true) MessageId id,
      @JsonProperty(required = true) long sentAt,
      @JsonProperty(required = true) Kind kind,
      @JsonProperty(required = true) String content)
      implements PeerTalk {
    /// Some thirty pages; what is longer is a file.
    public static final int MAX_CHARS = 65_536;

    public Text {
      if (content.length() > MAX_CHARS) {
        throw new IllegalArgumentException("more than " + MAX_CHARS + " characters");
      }
    }
  }

  /// How a text is meant.
  enum Kind {
    SAID,
    /// `/me waves`
    ACTION
  }

  /// These messages are on this side's disk, or were before: they need not be sent again.
  record Stored(@JsonProperty(required = true) List<MessageId> ids) implements PeerTalk {
    public Stored {
      ids = List.copyOf(ids);
    }
  }

  /// A person has seen everything up to this message.
  record Read(@JsonProperty(required = true) MessageId upTo) implements PeerTalk {}

  record Typing(@JsonProperty(required = true) boolean on) implements PeerTalk {}

  /// @param reason may be empty
  record Away(
      @JsonProperty(required = true) boolean on, @JsonProperty(required = true) String reason)
      implements PeerTalk {}
}
