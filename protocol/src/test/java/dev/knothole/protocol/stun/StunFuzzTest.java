package dev.knothole.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;

/// With `JAZZER_FUZZ=1` in the environment these search; in a normal build they replay the inputs
/// of `src/test/resources`.
final class StunFuzzTest {
  @FuzzTest
  void any_bytes_are_a_binding_request_with_an_answer_or_malformed(byte[] datagram)
      throws MalformedMessage {
    BindingRequest request;
    try {
      request = BindingRequest.decode(datagram);
    } catch (MalformedMessage refused) {
      return;
    }
    var source = Endpoint.parse("192.0.2.1:32853");
    byte[] answer = request.answer(source);
    if (request.unknown().isEmpty()) {
      assertEquals(
          new BindingResponse(request.id(), source, request.fingerprint()),
          BindingResponse.decode(answer));
    }
  }

  @FuzzTest
  void any_bytes_are_a_binding_response_or_malformed(byte[] datagram) throws MalformedMessage {
    BindingResponse response;
    try {
      response = BindingResponse.decode(datagram);
    } catch (MalformedMessage refused) {
      return;
    }
    assertEquals(response, BindingResponse.decode(response.encode()));
  }
}
