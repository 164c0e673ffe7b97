package dev.knothole.protocol.link;

import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.link.crypto.DataKeys;
import dev.knothole.protocol.link.crypto.LinkSecret;
import dev.knothole.protocol.link.crypto.Opened;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import dev.knothole.protocol.link.wire.PacketNumber;
import java.util.Arrays;

/// An authenticated peer that is not honest: it has the keys, and says what it likes.
final class Traitor {
  private static final int MOST_FRAMES = 1300;

  private final DataKeys opening;
  private final DataKeys sealing;
  private final long destination;
  private final IncomingPacket incoming = new IncomingPacket();
  private final OutgoingPacket outgoing = new OutgoingPacket(new byte[2 * MOST_FRAMES]);
  private long next;

  /// Speaks for one end.
  ///
  /// @param destination the connection id of the other
  Traitor(LinkSecret secret, Role role, long destination) {
    opening = secret.keys(role.peer(), 0);
    sealing = secret.keys(role, 0);
    this.destination = destination;
  }

  /// The frames of a packet that the end it speaks for has sealed.
  byte[] frames(byte[] datagram) {
    byte[] copy = datagram.clone();
    try {
      incoming.datagram(copy, 0, copy.length);
      if (incoming.next() && opening.open(incoming, 0) == Opened.OPENED) {
        next = Math.max(next, incoming.number());
        var payload = incoming.payload();
        byte[] frames = new byte[payload.remaining()];
        payload.get(frames);
        return frames;
      }
      return new byte[0];
    } catch (MalformedMessage impossible) {
      throw new AssertionError("an honest packet", impossible);
    }
  }

  /// A packet with any content.
  byte[] sealed(byte[] frames) {
    byte[] content = Arrays.copyOf(frames, Math.min(frames.length, MOST_FRAMES));
    int size = content.length + Layout.MIN_INITIAL_DATAGRAM / 2;
    outgoing.beginData(0, size, destination, next++, PacketNumber.NONE).put(content);
    sealing.seal(outgoing);
    return Arrays.copyOf(outgoing.bytes(), outgoing.end());
  }
}
