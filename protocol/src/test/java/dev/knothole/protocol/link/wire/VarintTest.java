package dev.knothole.protocol.link.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.knothole.protocol.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VarintTest {
  /// RFC 9000, section A.1.
  @ParameterizedTest
  @CsvSource({
    "c2197c5eff14e88c, 151288809941952652",
    "9d7f3e7d, 494878333",
    "7bbd, 15293",
    "25, 37",
  })
  void the_examples_of_the_rfc_are_written_and_read(String hex, long value)
      throws MalformedMessage {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(value, Varint.read(ByteBuffer.wrap(bytes)));
    assertArrayEquals(bytes, write(value));
  }

  @Test
  void a_longer_form_than_needed_is_read() throws MalformedMessage {
    assertEquals(37, Varint.read(ByteBuffer.wrap(new byte[] {0x40, 0x25})));
  }

  /// RFC 9000, table 4.
  @ParameterizedTest
  @CsvSource({
    "0, 1", "63, 1",
    "64, 2", "16383, 2",
    "16384, 4", "1073741823, 4",
    "1073741824, 8", "4611686018427387903, 8",
  })
  void each_length_begins_and_ends_where_the_rfc_says(long value, int bytes) {
    assertEquals(bytes, Varint.size(value));
  }

  @Test
  void any_value_comes_back_in_its_size() throws MalformedMessage {
    long seed = 16;
    var random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> (2 + random.nextInt(62));
      byte[] bytes = write(value);
      var in = ByteBuffer.wrap(bytes);
      assertEquals(Varint.size(value), bytes.length, "seed " + seed);
      assertEquals(value, Varint.read(in), "seed " + seed);
      assertFalse(in.hasRemaining());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "40", "80", "808080", "c0000000000000"})
  void a_cut_value_is_malformed(String hex) {
    var in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThrows(MalformedMessage.class, () -> Varint.read(in));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Varint.MAX + 1, Long.MIN_VALUE})
  void a_value_out_of_range_is_not_written(long value) {
    assertThrows(IllegalArgumentException.class, () -> write(value));
  }

  private static byte[] write(long value) {
    var out = ByteBuffer.allocate(8);
    Varint.write(out, value);
    return Arrays.copyOf(out.array(), out.position());
  }
}
