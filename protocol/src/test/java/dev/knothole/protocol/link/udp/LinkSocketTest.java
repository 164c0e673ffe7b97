package dev.knothole.protocol.link.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.handshake.HandshakeFailure;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.handshake.PeerCheck;
import dev.knothole.protocol.link.stream.Priority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkSocketTest {
  private static final Identity ALICE = Identity.generate(new SecureRandom());
  private static final Identity BOB = Identity.generate(new SecureRandom());
  private static final PeerCheck ANYBODY = _ -> true;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final PeerCheck NOBODY = _ -> false;

  private LinkSocket alice;
  private LinkSocket bob;

  @BeforeEach
  void open() throws IOException {
    alice = socket(ALICE, ANYBODY);
    bob = socket(BOB, peer -> peer.equals(ALICE.fingerprint()));
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  private static LinkSocket socket(Identity identity, PeerCheck welcome) throws IOException {
    return LinkSocket.open(ANY_PORT, identity, welcome, LinkOptions.DEFAULT, Offload.WHEN_BUSY);
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static byte[] readAll(LinkStream stream) throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] some = new byte[10_000];
    for (int n = stream.read(some, 0, some.length); n >= 0; ) {
      all.write(some, 0, n);
      n = stream.read(some, 0, some.length);
    }
    return all.toByteArray();
  }

  private Link toBob() throws IOException {
    return alice.connect(bob.address(), peer -> peer.equals(BOB.fingerprint()));
  }

  @Test
  void bytes_go_both_ways_over_several_streams() throws Exception {
    var echo =
        inBackground(
            () -> {
              var link = bob.accept();
              assertEquals(ALICE.fingerprint(), link.peer());
              for (int i = 0; i < 3; i++) {
                var stream = link.accept();
                byte[] all = readAll(stream);
                stream.write(all, 0, all.length);
                stream.finish();
              }
              return link;
            });
    var link = toBob();
    for (int i = 0; i < 3; i++) {
      byte[] sent = new byte[3_000_000];
      new Random(i).nextBytes(sent);
      var stream = link.open(Priority.BULK);
      stream.write(sent, 0, sent.length);
      stream.finish();
      assertArrayEquals(sent, readAll(stream));
    }
    echo.get();
  }

  @Test
  void what_was_written_arrives_before_the_link_closes() throws Exception {
    var received = inBackground(() -> readAll(bob.accept().accept()));
    var link = toBob();
    var stream = link.open(Priority.URGENT);
    stream.write("last words".getBytes(UTF_8), 0, 10);
    stream.finish();
    link.close();
    assertEquals("last words", new String(received.get(), UTF_8));
  }

  @Test
  void a_stranger_is_refused_with_the_reason() throws Exception {
    try (var mallory = socket(Identity.generate(new SecureRandom()), ANYBODY)) {
      var refused =
          assertThrows(LinkClosedException.class, () -> mallory.connect(bob.address(), ANYBODY));
      assertEquals(CloseReason.code(HandshakeFailure.WRONG_PEER), refused.reason().code());
      assertEquals(CloseReason.By.PEER, refused.reason().by());
    }
  }

  @Test
  void somebody_else_than_expected_is_not_spoken_to() {
    var refused =
        assertThrows(LinkClosedException.class, () -> alice.connect(bob.address(), NOBODY));
    assertEquals(CloseReason.code(HandshakeFailure.WRONG_PEER), refused.reason().code());
    assertEquals(CloseReason.By.US, refused.reason().by());
  }

  @Test
  void datagrams_and_pings_come_through() throws Exception {
    var first = inBackground(() -> bob.accept().receiveDatagram());
    var link = toBob();
    assertTrue(link.sendDatagram("hello".getBytes(UTF_8)));
    assertEquals("hello", new String(first.get(), UTF_8));
    assertTrue(link.ping().isPositive());
  }

  @Test
  void a_close_says_why_to_those_who_wait() throws Exception {
    var waiting = inBackground(() -> bob.accept().accept());
    var link = toBob();
    link.close(CloseReason.CODE_APPLICATION + 7, "enough");
    var thrown = assertThrows(ExecutionException.class, waiting::get);
    var cause = assertInstanceOf(LinkClosedException.class, thrown.getCause());
    var reason = cause.reason();
    assertEquals(CloseReason.CODE_APPLICATION + 7, reason.code());
    assertEquals("enough", reason.text());
  }

  @Test
  void a_link_moves_to_another_address_of_its_peer_and_not_to_a_stranger() throws Exception {
    var accepted = inBackground(bob::accept);
    var link = toBob();
    accepted.get();
    try (var silent = UdpSocket.open(ANY_PORT, Offload.NEVER)) {
      assertThrows(IOException.class, () -> link.switchTo(silent.address()));
    }
    link.switchTo(bob.address());
    assertTrue(link.ping().isPositive());
  }

  @Test
  void closing_the_socket_ends_those_who_wait() throws Exception {
    var waiting = inBackground(bob::accept);
    toBob();
    waiting.get();
    var again = inBackground(bob::accept);
    bob.close();
    var thrown = assertThrows(ExecutionException.class, again::get);
    assertInstanceOf(IOException.class, thrown.getCause());
  }

  @Test
  void a_slow_reader_loses_nothing_to_a_close() throws Exception {
    byte[] sent = new byte[300_000];
    new Random(7).nextBytes(sent);
    var accepted = inBackground(bob::accept);
    var link = toBob();
    var stream = link.open(Priority.BULK);
    stream.write(sent, 0, sent.length);
    stream.finish();
    var slow = accepted.get().accept();
    byte[] first = new byte[1];
    assertEquals(1, slow.read(first, 0, 1));
    alice.close();
    assertThrows(LinkClosedException.class, () -> accepted.get().accept());
    byte[] rest = readAll(slow);
    assertEquals(sent.length - 1, rest.length);
    assertArrayEquals(Arrays.copyOfRange(sent, 1, sent.length), rest);
    assertEquals(-1, slow.read(first, 0, 1), "the end stays the end");
  }

  @Test
  void one_link_too_many_is_refused_here() throws Exception {
    var options = LinkOptions.DEFAULT.withMaxConnections(1);
    try (var carol = LinkSocket.open(ANY_PORT, ALICE, ANYBODY, options, Offload.NEVER)) {
      carol.connect(bob.address(), ANYBODY);
      assertThrows(IOException.class, () -> carol.connect(bob.address(), ANYBODY));
    }
  }
}
