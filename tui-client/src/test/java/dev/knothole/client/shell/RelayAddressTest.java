package dev.knothole.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelayAddressTest {
  @ParameterizedTest
  @CsvSource({
    "relay.example.org, relay.example.org, 3478",
    "relay.example.org:4000, relay.example.org, 4000",
    "192.0.2.1, 192.0.2.1, 3478",
    "192.0.2.1:1, 192.0.2.1, 1",
    "[2001:db8::1], 2001:db8::1, 3478",
    "[2001:db8::1]:65535, 2001:db8::1, 65535",
  })
  void a_relay_is_named_by_host_and_port(String text, String host, int port) {
    assertEquals(new RelayAddress(host, port), RelayAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "a:", "a:0", "a:65536", "a:999999", "2001:db8::1", "a b", "[x]"})
  void anything_else_is_refused_with_an_example(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> RelayAddress.parse(text));
    assertTrue(String.valueOf(e.getMessage()).contains("relay.example.org:3478"));
  }
}
