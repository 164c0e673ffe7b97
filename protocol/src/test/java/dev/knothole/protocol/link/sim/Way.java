package dev.knothole.protocol.link.sim;

import dev.knothole.protocol.link.Route;
import java.nio.ByteBuffer;

/// The other end of a [Line] as it is reached from this one.
///
/// @param face of the addresses that a router has given the other end, the one that is meant
public record Way(int line, int face, int maxDatagram) implements Route {
  @Override
  public byte[] encoded() {
    return ByteBuffer.allocate(2 * Integer.BYTES).putInt(line).putInt(face).array();
  }
}
