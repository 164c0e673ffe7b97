package dev.knothole.protocol.link.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.handshake.Fingerprint;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.stream.Priority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example of the README, which shows what lies between the two marks.
@Timeout(60)
final class QuestionTest {
  private static final String MARK = "  // ---";

  // ---
  static LinkSocket open(int port, Identity own, PeerCheck welcome) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return LinkSocket.open(address, own, welcome, LinkOptions.DEFAULT, Offload.WHEN_BUSY);
  }

  static String ask(LinkSocket socket, InetSocketAddress there, Fingerprint bob, String question)
      throws IOException {
    try (var link = socket.connect(there, bob::equals)) {
      var stream = link.open(Priority.URGENT);
      write(stream, question);
      return read(stream);
    }
  }

  static void answer(LinkSocket socket) throws IOException {
    var stream = socket.accept().accept();
    write(stream, read(stream) + " Yes.");
  }

  static void write(LinkStream stream, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
    stream.finish();
  }

  static String read(LinkStream stream) throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    for (int n = stream.read(some, 0, some.length); n != -1; ) {
      all.write(some, 0, n);
      n = stream.read(some, 0, some.length);
    }
    return all.toString(UTF_8);
  }

  // ---

  @Test
  void a_question_is_answered() throws Exception {
    var alice = Identity.generate(new SecureRandom());
    var bob = Identity.generate(new SecureRandom());
    try (var hers = open(0, alice, _ -> false);
        var his = open(0, bob, alice.fingerprint()::equals)) {
      var answering =
          new FutureTask<>(
              () -> {
                answer(his);
                return "answered";
              });
      Thread.ofVirtual().start(answering);
      assertEquals("Ready? Yes.", ask(hers, his.address(), bob.fingerprint(), "Ready?"));
      assertEquals("answered", answering.get());
    }
  }

  @Test
  void the_readme_shows_it() throws IOException {
    var source = "src/test/java/dev/knothole/protocol/link/udp/QuestionTest.java";
    String example = Files.readString(Path.of(source)).split(MARK + "\n", -1)[1].strip();
    String shown = ("  " + example).indent(-2).strip();
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(readme.contains("```java\n" + shown + "\n```"), () -> "it should show:\n" + shown);
  }
}
