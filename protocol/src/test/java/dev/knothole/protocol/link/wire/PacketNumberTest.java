package dev.knothole.protocol.link.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacketNumberTest {
  /// RFC 9000, section A.2.
  @Test
  void the_length_is_that_of_the_rfc() {
    assertEquals(2, PacketNumber.length(0xAC5C02, 0xABE8B3));
    assertEquals(3, PacketNumber.length(0xACE8FE, 0xABE8B3));
  }

  /// RFC 9000, section A.3.
  @Test
  void the_number_is_recovered_as_in_the_rfc() {
    assertEquals(0xA82F9B32L, PacketNumber.recover(0xA82F30EAL, 0x9B32, 2));
  }

  @Test
  void the_first_number_needs_one_byte() {
    assertEquals(1, PacketNumber.length(0, PacketNumber.NONE));
    assertEquals(0, PacketNumber.recover(PacketNumber.NONE, 0, 1));
  }

  /// The receiver has seen something between the largest acknowledged packet and the newest.
  @Test
  void any_number_is_recovered_whatever_was_received_since_the_last_acknowledgement() {
    long seed = 171;
    var random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long acknowledged = (random.nextLong() >>> (3 + random.nextInt(61))) - 1;
      long number = acknowledged + 1 + (random.nextInt() >>> (2 + random.nextInt(30)));
      long received = acknowledged + random.nextLong(number - acknowledged + 1);
      int length = PacketNumber.length(number, acknowledged);
      long cut = number & ((1L << (8 * length)) - 1);
      assertEquals(number, PacketNumber.recover(received, cut, length), "seed " + seed);
    }
  }

  @Test
  void a_late_number_is_recovered_too() {
    assertEquals(0xFF, PacketNumber.recover(0x110, 0xFF, 1));
    assertEquals(3, PacketNumber.recover(100, 3, 1));
  }
}
