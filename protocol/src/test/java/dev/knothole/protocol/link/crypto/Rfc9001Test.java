package dev.knothole.protocol.link.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The building blocks against appendix A of RFC 9001; where the link uses AES-256, QUIC's initial
/// packets use AES-128, and the code does not tell them apart.
final class Rfc9001Test {
  private static final byte[] SALT = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final byte[] ID = hex("8394c8f03e515708");
  private static final byte[] SERVER =
      hex("3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b");

  /// Section A.1.
  @Test
  void secrets_and_keys_are_derived() {
    byte[] initial = Hkdf.extract(SALT, ID);
    assertHex(
        "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea",
        Hkdf.expandLabel(initial, "client in", 32));
    assertArrayEquals(SERVER, Hkdf.expandLabel(initial, "server in", 32));
    assertHex("cf3a5331653c364c88f0f379b6067e37", Hkdf.expandLabel(SERVER, "quic key", 16));
    assertHex("0ac1493ca1905853b0bba03e", Hkdf.expandLabel(SERVER, "quic iv", 12));
    assertHex("c206b8d9b9f0f37644430b490eeaa314", Hkdf.expandLabel(SERVER, "quic hp", 16));
  }

  /// Section A.2: the sample begins four bytes behind the beginning of the packet number.
  @Test
  void a_long_header_is_protected() {
    byte[] packet =
        hex("c300000001088394c8f03e5157080000449e00000002" + "d1b1c98dd7689fb8ec11d242b123dc9b");
    new HeaderProtection(hex("9f50449e04a0e810283a1e9933adedd2")).apply(packet, 0, 18);
    assertHex("c000000001088394c8f03e5157080000449e7b9aec34", Arrays.copyOf(packet, 22));
  }

  /// Section A.3.
  @Test
  void a_packet_is_sealed_and_opened() {
    byte[] header = hex("c1000000010008f067a5502a4262b50040750001");
    byte[] frames =
        hex(
            "02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b"
                + "9a045a1200130100002e00330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c"
                + "834d5311bcf32bb9da1a002b00020304");
    byte[] sealed =
        hex(
            "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797"
                + "554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c7"
                + "3cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c2"
                + "76456cbc42158407dd074ee");
    byte[] packet = Arrays.copyOf(header, header.length + frames.length + 16);
    System.arraycopy(frames, 0, packet, header.length, frames.length);
    var cipher =
        new PacketCipher(
            Hkdf.expandLabel(SERVER, "quic key", 16), Hkdf.expandLabel(SERVER, "quic iv", 12));
    var protection = new HeaderProtection(Hkdf.expandLabel(SERVER, "quic hp", 16));

    cipher.seal(packet, 0, header.length, header.length + frames.length, 1);
    protection.apply(packet, 0, 18);
    assertArrayEquals(sealed, packet);

    assertEquals(2, protection.remove(packet, 0, 18));
    assertTrue(cipher.open(packet, 0, header.length, packet.length, 1));
    assertArrayEquals(frames, Arrays.copyOfRange(packet, header.length, packet.length - 16));
  }

  /// Section A.5.
  @Test
  void the_next_secret_and_the_nonce_are_made() {
    byte[] secret = hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b");
    assertHex(
        "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9",
        Hkdf.expandLabel(secret, "quic ku", 32));
    byte[] iv = Hkdf.expandLabel(secret, "quic iv", 12);
    assertHex("e0459b3474bdd0e44a41c144", iv);
    assertHex("e0459b3474bdd0e46d417eb0", new PacketCipher(new byte[32], iv).nonce(654_360_564));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static void assertHex(String expected, byte[] actual) {
    assertEquals(expected, HexFormat.of().formatHex(actual));
  }
}
