package dev.knothole.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.knothole.client.app.Line;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class PipeDeviceTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void every_line_of_a_pipe_is_an_input_and_then_it_ends() throws InterruptedException {
    var in = new ByteArrayInputStream("/connect bob\nhi é\nlast".getBytes(UTF_8));
    var inputs = new LinkedBlockingQueue<ConsoleInput>();
    new PipeDevice(in, new PrintStream(new ByteArrayOutputStream(), true, UTF_8), inputs::add)
        .start();
    var expected =
        List.of(
            new ConsoleInput.Line("/connect bob"),
            new ConsoleInput.Line("hi é"),
            new ConsoleInput.Line("last"),
            new ConsoleInput.Ended());
    for (var input : expected) {
      assertEquals(input, inputs.take());
    }
  }

  @Test
  void a_line_of_a_chat_is_one_event_that_cannot_be_faked_by_another() {
    var line =
        new Line.Theirs(
            0, NOON, "bob", "hi\n12:01 carol: not me", new Line.Manner(Kind.SAID, true));
    assertEquals(
        "12:00 bob: hi\n      12:01 carol: not me", PrintedLine.of(line, "[bob] ", ZoneOffset.UTC));
  }
}
