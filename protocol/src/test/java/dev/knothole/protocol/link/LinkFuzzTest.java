package dev.knothole.protocol.link;

import static dev.knothole.protocol.link.TwoHosts.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.sim.Shape;
import dev.knothole.protocol.link.stream.Priority;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// Whole connections fed with real traffic that an attacker has changed. With `JAZZER_FUZZ=1` in
/// the
/// environment the targets search; in a normal build they replay their inputs, and seeded attacks
/// run beside them.
final class LinkFuzzTest {
  /// What a link itself may give as its reason; beyond are the handshake and the application.
  private static final long LARGEST_CODE = 0x10;

  private static final byte[] LETTER = letter(20_000);

  private static byte[] letter(int length) {
    byte[] bytes = new byte[length];
    new Random(4).nextBytes(bytes);
    return bytes;
  }

  private static void seeds(int count, LongConsumer attack) {
    for (long seed = 0; seed < count; seed++) {
      try {
        attack.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  @FuzzTest
  void who_has_no_keys_cannot_change_what_is_read(FuzzedDataProvider input) {
    mangleTraffic(Choices.of(input));
  }

  @Test
  void who_has_no_keys_and_a_seed_cannot_either() {
    seeds(300, seed -> mangleTraffic(Choices.of(seed)));
  }

  private static void mangleTraffic(Choices choices) {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    world.alice.tap(new Mangler(world.alice, choices));
    world.bob.tap(new Mangler(world.bob, choices));
    long stream = TwoHosts.send(world.alice, ends.alice(), LETTER);
    long answer = TwoHosts.send(world.bob, ends.bob(), LETTER);
    world.run(SECOND);
    checkMemory(world);
    world.alice.tap((_, _) -> true);
    world.bob.tap((_, _) -> true);
    world.run(20 * SECOND);
    assertArrayEquals(LETTER, world.heardByBob.bytes(stream));
    assertArrayEquals(LETTER, world.heardByAlice.bytes(answer));
    assertTrue(ends.alice().closed().isEmpty() && ends.bob().closed().isEmpty());
  }

  @FuzzTest
  void who_changes_a_handshake_delays_or_refuses_it(FuzzedDataProvider input) {
    mangleHandshake(Choices.of(input));
  }

  @Test
  void who_changes_a_handshake_by_a_seed_delays_or_refuses_it() {
    seeds(20, seed -> mangleHandshake(Choices.of(seed)));
  }

  private static void mangleHandshake(Choices choices) {
    var world = new TwoHosts().over(Shape.usual());
    world.alice.tap(new Mangler(world.alice, choices));
    world.bob.tap(new Mangler(world.bob, choices));
    var connection = world.connect();
    long stream = TwoHosts.send(world.alice, connection, LETTER);
    world.run(2 * SECOND);
    checkMemory(world);
    world.alice.tap((_, _) -> true);
    world.bob.tap((_, _) -> true);
    world.run(7 * SECOND);
    if (connection.closed().isEmpty()) {
      assertTrue(connection.isConnected(), "it is stuck");
      assertArrayEquals(LETTER, world.heardByBob.bytes(stream));
    } else {
      // A version cannot be protected by who does not speak it.
      assertEquals(CloseReason.CODE_VERSION, connection.closed().orElseThrow().code());
    }
  }

  @FuzzTest
  void a_lying_peer_is_endured_or_left(FuzzedDataProvider input) {
    lie(Choices.of(input));
  }

  @Test
  void a_peer_that_lies_by_a_seed_is_endured_or_left() {
    seeds(1_500, seed -> lie(Choices.of(seed)));
  }

  private static void lie(Choices choices) {
    var world = new TwoHosts().over(Shape.usual());
    var ends = world.established();
    var traitor = new Traitor(TwoHosts.secret(), Role.CLIENT, ends.bob().id());
    var lies = new Lies(choices);
    world.alice.tap(
        (to, datagram) -> {
          world.alice.inject(to, traitor.sealed(lies.instead(traitor.frames(datagram))));
          return false;
        });
    for (int i = 0; i < 20; i++) {
      var acting = choices.next(2) == 0 ? world.alice : world.bob;
      var connection = acting == world.alice ? ends.alice() : ends.bob();
      acting.turn(() -> act(connection, choices));
      world.run(SECOND / 20);
      checkMemory(world);
    }
    world.run(3 * LinkOptions.DEFAULT.idleTimeout().toNanos());
    var reason = world.heardByBob.closed().orElseThrow();
    boolean ours = reason.by() == CloseReason.By.US;
    assertTrue(!ours || reason.code() <= LARGEST_CODE, () -> "a reason of ours: " + reason);
    assertEquals(1, world.heardByBob.all(LinkEvent.Closed.class).size());
    assertEquals(0, world.bob.budget.usedBytes());
    assertEquals(0, world.bob.links.size());
  }

  private static void act(Connection connection, Choices choices) {
    long stream = choices.next(12);
    switch (choices.next(8)) {
      case 0, 1 -> {
        var opened = connection.open(priority(choices));
        opened.ifPresent(own -> connection.write(own, LETTER, 0, choices.next(LETTER.length)));
      }
      case 2 -> connection.write(stream, LETTER, 0, choices.next(LETTER.length));
      case 3 -> connection.finish(stream);
      case 4 -> connection.reset(stream, 1);
      case 5 -> connection.stop(stream, 2);
      case 6 -> connection.ping();
      default -> {
        byte[] mail = Arrays.copyOf(LETTER, choices.next(500));
        connection.sendDatagram(mail, 0, mail.length);
      }
    }
  }

  private static Priority priority(Choices choices) {
    return switch (choices.next(3)) {
      case 0 -> Priority.URGENT;
      case 1 -> Priority.NORMAL;
      default -> Priority.BULK;
    };
  }

  private static void checkMemory(TwoHosts world) {
    assertTrue(world.bob.budget.usedBytes() <= world.bob.budget.sizeBytes(), "the budget");
    assertTrue(world.bob.links.size() <= 64, "connections");
  }
}
