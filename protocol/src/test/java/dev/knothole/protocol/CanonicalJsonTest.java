package dev.knothole.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.stun.TransactionId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CanonicalJsonTest {
  @Test
  void the_spelling_of_every_client_takes_the_short_cut() {
    var id = new TransactionId("00112233445566778899aabb");
    for (var message :
        new Message[] {
          new Register(new Username("alice")),
          new Register(new Username("alice"), id),
          new Connect(new Username("b o b!"))
        }) {
      assertEquals(message, CanonicalJson.read(MessageJson.encode(message)).orElseThrow());
    }
    var info = new PeerInfo(Endpoint.parse("[2001:db8::1]:40123"), new Username("bob"));
    assertTrue(CanonicalJson.write(info).isPresent());
  }

  /// Around the edges of the short cut: names of every length and character, and damage of every
  /// kind, read once with it and once without.
  @Test
  void the_short_cut_reads_what_the_parser_reads_and_nothing_else() {
    int taken = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      byte[] datagram = datagram(new Random(seed));
      assertEquals(read(datagram), decode(datagram), "seed " + seed);
      taken += CanonicalJson.read(datagram).isPresent() ? 1 : 0;
    }
    assertTrue(taken > 3_000, "only " + taken + " took the short cut");
  }

  private static byte[] datagram(Random random) {
    String name = name(random);
    String json =
        switch (random.nextInt(4)) {
          case 0 -> "{\"Register\":{\"username\":\"" + name + "\"}}";
          case 1 -> "{\"Connect\":{\"target_username\":\"" + name + "\"}}";
          case 2 ->
              "{\"Register\":{\"username\":\"%s\",\"stun\":\"%s\"}}"
                  .formatted(name.replace("%", ""), TransactionId.random(random).hex());
          default -> "{\"Register\":{\"username\":\"" + name + "\",\"stun\":null}}";
        };
    byte[] bytes = json.getBytes(UTF_8);
    for (int hits = random.nextInt(3); hits > 0; hits--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 128 : 256);
    }
    return bytes;
  }

  private static String name(Random random) {
    if (random.nextInt(3) == 0) {
      return RandomText.of(random, 8);
    }
    int length =
        random.nextInt(8) == 0 ? Username.MAX_BYTES - 2 + random.nextInt(5) : random.nextInt(20);
    return random
        .ints(length, 0x20, random.nextInt(4) == 0 ? 0x80 : 0x5B)
        .filter(c -> c != '"' && c != '\\')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void the_short_cut_writes_what_the_parser_writes() throws UnknownHostException {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      String name =
          name(random)
              .chars()
              .filter(c -> !Character.isISOControl(c))
              .limit(200)
              .collect(StringBuilder::new, (b, c) -> b.append((char) c), StringBuilder::append)
              .toString();
      if (!name.isEmpty()) {
        var peer = new Endpoint(InetAddress.getByAddress(address), 1 + random.nextInt(65535));
        var info = new PeerInfo(peer, new Username(name));
        assertArrayEquals(MessageJson.write(info), MessageJson.encode(info), "seed " + seed);
      }
    }
  }

  private static String read(byte[] datagram) {
    try {
      return MessageJson.read(datagram).toString();
    } catch (MalformedMessage e) {
      return "malformed";
    }
  }

  private static String decode(byte[] datagram) {
    try {
      return MessageJson.decode(datagram).toString();
    } catch (MalformedMessage e) {
      return "malformed";
    }
  }
}
