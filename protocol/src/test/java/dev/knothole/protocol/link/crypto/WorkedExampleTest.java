package dev.knothole.protocol.link.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/// Holds the worked example of the README to what the code does.
final class WorkedExampleTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long FIRST_ID = 0x0001_0203_0405_0607L;
  private static final long CLIENT_ID = 0xC0C1_C2C3_C4C5_C6C7L;
  private static final long SERVER_ID = 0xD0D1_D2D3_D4D5_D6D7L;
  private static final int BYTES_PER_LINE = 32;

  private final StringJoiner text = new StringJoiner("\n");
  private final OutgoingPacket packet = new OutgoingPacket(new byte[Layout.MIN_INITIAL_DATAGRAM]);

  @Test
  void the_keys_of_the_handshake_are_those_of_the_readme() throws IOException {
    byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(FIRST_ID).array();
    byte[] salt = HEX.parseHex("b6a51d7b0c9ee5a3f24a86d10f3c7e9258cb41d7");
    byte[] common = Hkdf.extract(salt, id);
    line("id", id);
    line("common", common);
    keys("client", Role.CLIENT.secret(common));
    keys("server", Role.SERVER.secret(common));
    assertInReadme();
  }

  @Test
  void an_initial_packet_is_that_of_the_readme() throws IOException {
    var frames =
        packet.beginInitial(0, Layout.MIN_INITIAL_DATAGRAM, FIRST_ID, CLIENT_ID, none(), 0);
    byte[] hello = HEX.parseHex("0104a44b480001");
    FrameWriter.handshake(frames, 0, ByteBuffer.wrap(hello));
    packet.pad(Layout.MIN_INITIAL_DATAGRAM);
    packet.finish();
    dump("head", 0, packet.payloadOffset());
    dump("frames", packet.payloadOffset(), packet.payloadOffset() + 12);
    new HandshakeKeys(Role.CLIENT, FIRST_ID).seal(packet);
    dump("packet", 0, 2 * BYTES_PER_LINE);
    dump("tag", packet.payloadEnd(), packet.end());
    assertInReadme();
  }

  @Test
  void a_close_packet_is_that_of_the_readme() throws IOException {
    var frames = packet.beginClose(0, 512, CLIENT_ID, FIRST_ID);
    FrameWriter.frame(frames, new Frame.Close(2, "full"));
    new HandshakeKeys(Role.SERVER, FIRST_ID).seal(packet);
    dump("packet", 0, packet.end());
    assertInReadme();
  }

  @Test
  void a_data_packet_is_that_of_the_readme() throws IOException {
    byte[] link = new byte[Hkdf.HASH_BYTES];
    for (int i = 0; i < link.length; i++) {
      link[i] = (byte) i;
    }
    line("link", link);
    byte[] client = Role.CLIENT.secret(link);
    keys("client", client);
    line("next", Hkdf.expandLabel(client, "knothole ku", Hkdf.HASH_BYTES));
    var frames = packet.beginData(0, Layout.MIN_INITIAL_DATAGRAM, SERVER_ID, 1, 0);
    FrameWriter.datagram(frames, ByteBuffer.wrap("hello".getBytes(UTF_8)));
    packet.finish();
    dump("head", 0, packet.payloadOffset());
    dump("frames", packet.payloadOffset(), packet.payloadEnd());
    new LinkSecret(link).keys(Role.CLIENT, 0).seal(packet);
    dump("packet", 0, packet.end());
    assertInReadme();
  }

  private static byte[] none() {
    return new byte[0];
  }

  private void keys(String name, byte[] secret) {
    line(name, secret);
    line("key", Hkdf.expandLabel(secret, "knothole key", 32));
    line("iv", Hkdf.expandLabel(secret, "knothole iv", 12));
    line("header", HandshakeKeys.headerKey(secret));
  }

  /// A part of the packet, in lines of 32 bytes.
  private void dump(String name, int from, int to) {
    for (int at = from; at < to; at += BYTES_PER_LINE) {
      byte[] bytes = Arrays.copyOfRange(packet.bytes(), at, Math.min(to, at + BYTES_PER_LINE));
      if (at == from) {
        line(name, bytes);
      } else {
        text.add(" ".repeat("header = ".length()) + HEX.formatHex(bytes));
      }
    }
  }

  private void line(String name, byte[] bytes) {
    text.add("%-6s = %s".formatted(name, HEX.formatHex(bytes)));
  }

  private void assertInReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(readme.contains("```\n" + text + "\n```"), () -> "the README should say:\n" + text);
  }
}
