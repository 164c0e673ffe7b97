package dev.knothole.protocol.link.crypto;

import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import dev.knothole.protocol.link.wire.PacketNumber;
import dev.knothole.protocol.link.wire.PacketType;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The keys of packets with a long header. They come from a connection id that anyone on the path
/// can read (RFC 9001, section 5.2): they keep out who is off the path, and hide nothing.
public final class HandshakeKeys {
  /// A random number of this protocol's own, as QUIC has one per version.
  private static final byte[] SALT =
      HexFormat.of().parseHex("b6a51d7b0c9ee5a3f24a86d10f3c7e9258cb41d7");

  private final HeaderProtection sendingHeader;
  private final HeaderProtection receivingHeader;
  private final PacketCipher sending;
  private final PacketCipher receiving;
  private final ReplayWindow window = new ReplayWindow();

  /// @param id the destination of the client's first Initial packet, or of its first one after
  ///     Retry
  public HandshakeKeys(Role role, long id) {
    byte[] common = Hkdf.extract(SALT, ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    byte[] sendingSecret = role.secret(common);
    byte[] receivingSecret = role.peer().secret(common);
    sendingHeader = new HeaderProtection(headerKey(sendingSecret));
    receivingHeader = new HeaderProtection(headerKey(receivingSecret));
    sending = PacketCipher.of(sendingSecret);
    receiving = PacketCipher.of(receivingSecret);
  }

  static byte[] headerKey(byte[] secret) {
    return Hkdf.expandLabel(secret, "knothole hp", Hkdf.HASH_BYTES);
  }

  /// Ends and seals a packet; it then lies from its start to [OutgoingPacket#end()].
  public void seal(OutgoingPacket packet) {
    packet.finish();
    int payload = packet.payloadOffset();
    int end = packet.payloadEnd();
    sending.seal(packet.bytes(), packet.start(), payload, end, packet.number());
    sendingHeader.apply(packet.bytes(), packet.start(), packet.numberOffset());
  }

  /// Opens a packet in place; whatever the outcome, it cannot be opened again.
  public Opened open(IncomingPacket packet) {
    byte[] bytes = packet.bytes();
    int length = receivingHeader.remove(bytes, packet.start(), packet.numberOffset());
    int payload = packet.numberOffset() + length;
    long number = packet.cutNumber(length);
    boolean numbered = packet.type() == PacketType.INITIAL || packet.type() == PacketType.HANDSHAKE;
    if (numbered) {
      number = PacketNumber.recover(window.largest(), number, length);
      if (!window.isFresh(number)) {
        return Opened.REPLAYED;
      }
    }
    if (!receiving.open(bytes, packet.start(), payload, packet.end(), number)) {
      return Opened.FORGED;
    }
    if (numbered) {
      window.accept(number);
    }
    packet.opened(number, length);
    return Opened.OPENED;
  }
}
