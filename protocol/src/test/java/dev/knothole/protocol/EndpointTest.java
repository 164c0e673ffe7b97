package dev.knothole.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7:4000, 192.0.2.7:4000",
    "255.255.255.255:65535, 255.255.255.255:65535",
    "[2001:db8::1]:40123, [2001:db8::1]:40123",
    "[2001:DB8:0:0:0:0:0:1]:1, [2001:db8::1]:1",
    "[::]:1, [::]:1",
    "[::1]:1, [::1]:1",
    "[fe80::]:1, [fe80::]:1",
    "[2001:db8:0:1:1:1:1:1]:1, [2001:db8:0:1:1:1:1:1]:1",
    "[2001:db8:0:0:1:0:0:1]:1, [2001:db8::1:0:0:1]:1",
    "[2001:0:0:1:0:0:0:1]:1, [2001:0:0:1::1]:1",
    "[::ffff:192.0.2.7]:4000, 192.0.2.7:4000",
  })
  void an_address_is_read_and_written_canonically(String text, String canonical) {
    assertEquals(canonical, Endpoint.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "192.0.2.7",
        "192.0.2.7:",
        "192.0.2.7:0",
        "192.0.2.7:65536",
        "192.0.2.7:+1",
        "192.0.2.7: 1",
        "192.0.2.7:01",
        "192.0.2:1",
        "192.0.2.256:1",
        "192.0.2.7.:1",
        "0x7f.0.0.1:1",
        "1:1",
        "localhost:1",
        "2001:db8::1:1",
        "[2001:db8::1]",
        "[192.0.2.7]:1",
        "[fe80::1%eth0]:1",
        "[fe80::1%1]:1",
        "[:::]:1",
        "[]:1",
        "192.0.2.07:1",
        "192.0.2.7:99999999999"
      })
  void what_is_not_an_address_with_a_port_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text));
  }

  @Test
  void any_address_comes_back_as_it_was() throws UnknownHostException {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
      }
      var endpoint = new Endpoint(InetAddress.getByAddress(bytes), 1 + random.nextInt(65535));
      assertEquals(endpoint, Endpoint.parse(endpoint.toString()), "seed " + seed);
    }
  }
}
