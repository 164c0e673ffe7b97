package dev.knothole.protocol.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.List;

/// "From which address do you see me?"
///
/// @param fingerprint whether it carries FINGERPRINT, and so wants it in the answer (RFC 8489,
///     section 7.3.1)
/// @param unknown the types of attributes that the sender wants understood and that are not
public record BindingRequest(TransactionId id, boolean fingerprint, List<Integer> unknown) {
  private static final int UNKNOWN_ATTRIBUTE = 420;

  public BindingRequest {
    unknown = List.copyOf(unknown);
  }

  public BindingRequest(TransactionId id) {
    this(id, true, List.of());
  }

  /// @throws MalformedMessage for anything that is not exactly a binding request; no other
  ///     exception, whatever the bytes
  public static BindingRequest decode(byte[] datagram) throws MalformedMessage {
    var message = StunMessage.decode(datagram);
    if (message.type() != StunMessage.BINDING_REQUEST) {
      throw new MalformedMessage("not a binding request");
    }
    return new BindingRequest(message.id(), message.fingerprint(), message.unknown());
  }

  /// A request as a client sends it: the unknown is only ever read.
  public byte[] encode() {
    return new StunMessage(StunMessage.BINDING_REQUEST, id, List.of(), fingerprint).encode();
  }

  /// What a server answers that sees this request come from `source`: a [BindingResponse], or error
  /// 420 that names the attributes it does not know (RFC 8489, section 6.3.1).
  public byte[] answer(Endpoint source) {
    return unknown.isEmpty()
        ? new BindingResponse(id, source, fingerprint).encode()
        : new StunMessage(StunMessage.BINDING_ERROR, id, refusal(), fingerprint).encode();
  }

  private List<Attribute> refusal() {
    byte[] reason = "Unknown Attribute".getBytes(UTF_8);
    byte[] error =
        ByteBuffer.allocate(4 + reason.length)
            .putShort((short) 0)
            .put((byte) (UNKNOWN_ATTRIBUTE / 100))
            .put((byte) (UNKNOWN_ATTRIBUTE % 100))
            .put(reason)
            .array();
    var types = ByteBuffer.allocate(Short.BYTES * unknown.size());
    unknown.forEach(type -> types.putShort(type.shortValue()));
    return List.of(
        new Attribute(Attribute.ERROR_CODE, error),
        new Attribute(Attribute.UNKNOWN_ATTRIBUTES, types.array()));
  }
}
