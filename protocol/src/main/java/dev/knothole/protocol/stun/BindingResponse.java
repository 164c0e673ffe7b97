package dev.knothole.protocol.stun;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import java.util.List;

/// "I see you at `mapped`."
///
/// @param mapped the address the request came from, as the server saw it
/// @param fingerprint whether it carries FINGERPRINT
public record BindingResponse(TransactionId id, Endpoint mapped, boolean fingerprint) {
  public byte[] encode() {
    var address = new Attribute(Attribute.XOR_MAPPED_ADDRESS, MappedAddress.xored(mapped, id));
    return new StunMessage(StunMessage.BINDING_SUCCESS, id, List.of(address), fingerprint).encode();
  }

  /// Reads what any STUN server answers. Whether it answers a request of ours is for the caller to
  /// see from [#id].
  ///
  /// @throws MalformedMessage for anything that is not a binding success response with an address,
  ///     error responses included; no other exception, whatever the bytes
  public static BindingResponse decode(byte[] datagram) throws MalformedMessage {
    var message = StunMessage.decode(datagram);
    if (message.type() != StunMessage.BINDING_SUCCESS || !message.unknown().isEmpty()) {
      throw new MalformedMessage("not a binding success response that can be understood");
    }
    return new BindingResponse(message.id(), mapped(message), message.fingerprint());
  }

  private static Endpoint mapped(StunMessage message) throws MalformedMessage {
    var xored = message.first(Attribute.XOR_MAPPED_ADDRESS);
    if (xored.isPresent()) {
      return MappedAddress.fromXored(xored.get().value(), message.id());
    }
    var plain = message.first(Attribute.MAPPED_ADDRESS);
    if (plain.isPresent()) {
      return MappedAddress.fromPlain(plain.get().value());
    }
    throw new MalformedMessage("a binding response without an address");
  }
}
