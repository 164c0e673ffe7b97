package dev.knothole.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// With `JAZZER_FUZZ=1` in the environment this searches; in a normal build it replays the inputs
/// of `src/test/resources`.
final class MessageJsonFuzzTest {
  @FuzzTest
  void any_bytes_are_a_message_or_malformed(byte[] datagram) throws MalformedMessage {
    Message message;
    try {
      message = MessageJson.decode(datagram);
    } catch (MalformedMessage refused) {
      return;
    }
    assertEquals(message, MessageJson.decode(MessageJson.encode(message)));
  }
}
