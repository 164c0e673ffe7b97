package dev.knothole.protocol.talk;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.handshake.Fingerprint;

/// What a client and its relay say to each other over their link. Record and component names are
/// the wire, see [TalkJson].
///
/// A name belongs to the key of the link that signed in with it. Who wants to talk says [Call]; the
/// one called hears [Calling], and nobody learns an address or gets a circuit before it has said
/// [Accept]. Then both hear [Introduced], with the circuit over which their link begins at once.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
public sealed interface RelayTalk {
  /// Why the relay ends a link whose key has signed in with the same name over another one.
  long SUPERSEDED = CloseReason.CODE_APPLICATION + 1;

  /// What a client says to the relay.
  sealed interface ToRelay extends RelayTalk {}

  /// What the relay says to a client.
  sealed interface FromRelay extends RelayTalk {}

  // ---- names

  /// "Call me this." Answered by [SignedIn] or [NameTaken]; replaces the link's earlier name.
  record SignIn(@JsonProperty(required = true) Username username) implements ToRelay {}

  /// The name is this link's. An earlier link of the same key has lost it.
  ///
  /// @param address where the relay sees the client
  record SignedIn(
      @JsonProperty(required = true) Username username,
      @JsonProperty(required = true) Endpoint address)
      implements FromRelay {}

  /// The name belongs to another key.
  record NameTaken(@JsonProperty(required = true) Username username) implements FromRelay {}

  /// The client is seen at another address from now on.
  record Moved(@JsonProperty(required = true) Endpoint address) implements FromRelay {}

  // ---- calls

  /// "I want to talk to them." Answered by one of [Ringing], [NotFound], [PlainOnly]; after
  /// [Ringing] comes [Introduced], [Rejected], or [NotFound] when they leave. Said again it changes
  /// nothing, and is answered again.
  record Call(@JsonProperty(required = true) Username username) implements ToRelay {}

  /// Nobody of this name is here, or is here any more.
  record NotFound(@JsonProperty(required = true) Username username) implements FromRelay {}

  /// They have been asked.
  record Ringing(@JsonProperty(required = true) Username username) implements FromRelay {}

  /// Somebody wants to talk.
  ///
  /// @param call to answer with, for this link only
  /// @param key what the caller has proven to the relay to hold
  record Calling(
      @JsonProperty(required = true) long call,
      @JsonProperty(required = true) Username username,
      @JsonProperty(required = true) Fingerprint key)
      implements FromRelay {}

  /// The call has ended before it was answered.
  record CallEnded(@JsonProperty(required = true) long call) implements FromRelay {}

  record Accept(@JsonProperty(required = true) long call) implements ToRelay {}

  /// Also said silently, for somebody blocked.
  record Reject(@JsonProperty(required = true) long call) implements ToRelay {}

  /// They do not want to talk.
  record Rejected(@JsonProperty(required = true) Username username) implements FromRelay {}

  /// There is a circuit to this peer.
  ///
  /// @param key what the peer has proven to the relay to hold; the link's handshake proves it again
  /// @param begin whether this end begins the link; the other waits for it
  record Introduced(
      @JsonProperty(required = true) Circuit circuit,
      @JsonProperty(required = true) Username username,
      @JsonProperty(required = true) Fingerprint key,
      @JsonProperty(required = true) boolean begin)
      implements FromRelay {}

  /// The circuit is not needed any more.
  record HangUp(@JsonProperty(required = true) Circuit circuit) implements ToRelay {}

  /// The circuit carries nothing any more: the other end hung up or left, or it was idle too long.
  record HungUp(@JsonProperty(required = true) Circuit circuit) implements FromRelay {}

  // ---- the open dialect

  /// They are here, and speak the open dialect only, which is not encrypted.
  record PlainOnly(@JsonProperty(required = true) Username username) implements FromRelay {}

  /// "Introduce us all the same." Answered by [IntroducedPlainly] or [NotFound].
  record CallPlainly(@JsonProperty(required = true) Username username) implements ToRelay {}

  /// Somebody who speaks the open dialect wants to talk. Their name proves nothing.
  record CallingPlainly(
      @JsonProperty(required = true) long call, @JsonProperty(required = true) Username username)
      implements FromRelay {}

  /// Where a peer of the open dialect is; it has been told where we are.
  record IntroducedPlainly(
      @JsonProperty(required = true) Username username,
      @JsonProperty(required = true) Endpoint address,
      @JsonProperty(required = true) boolean asked)
      implements FromRelay {}
}
