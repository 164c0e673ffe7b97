package dev.knothole.protocol.talk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// A way through the relay to another client. Its datagrams carry one link packet, or several, that
/// only the two clients can open:
///
/// | bytes | |
/// |---|---|
/// | 0 | `0x43`, which no link packet, STUN message or JSON value begins with |
/// | 1-8 | the circuit's id |
/// | 9- | the packets |
///
/// The id is chosen at random by the relay, is the same for both clients, and names nothing else.
///
/// @param id all 64 bits count
public record Circuit(long id) {
  /// The first byte of a circuit's datagram.
  public static final byte MARK = 0x43;

  /// What a datagram has before the packets.
  public static final int HEADER_BYTES = 1 + Long.BYTES;

  public static Circuit random(RandomGenerator random) {
    return new Circuit(random.nextLong());
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Circuit parse(String hex) {
    if (!hex.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("a circuit is 16 hexadecimal digits");
    }
    return new Circuit(HexFormat.fromHexDigitsToLong(hex));
  }

  /// Whether a datagram goes through a circuit.
  public static boolean isCircuit(byte[] datagram) {
    return datagram.length > HEADER_BYTES && datagram[0] == MARK;
  }

  /// The circuit that a datagram goes through; [#isCircuit] holds.
  public static Circuit of(byte[] datagram) {
    return new Circuit(ByteBuffer.wrap(datagram).getLong(1));
  }

  /// The datagram that carries packets through this circuit.
  public byte[] datagram(byte[] packets, int offset, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + length)
        .put(MARK)
        .putLong(id)
        .put(packets, offset, length)
        .array();
  }

  @JsonValue
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(id);
  }
}
