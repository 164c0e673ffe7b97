package dev.knothole.client.peer;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.knothole.client.world.SeededRandom;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Arbitrary datagrams at any moment of a conversation, from the relay, the peer and strangers.
class PeeringFuzzTest {
  private static final Endpoint RELAY = Endpoint.parse("203.0.113.1:3478");
  private static final Endpoint BOB = Endpoint.parse("203.0.113.2:4000");
  private static final int MOST_OUTPUTS = 4 * OpenChats.MAX_CONVERSATIONS;

  private static final int MOST_WAKES = 5;

  private static final Identity US = Identity.generate(new SeededRandom(2));

  private Instant now = Instant.EPOCH;
  private int outputs;

  @FuzzTest
  void no_datagram_raises_an_exception_or_makes_the_machine_grow(FuzzedDataProvider bytes) {
    now = Instant.EPOCH;
    Peering peering = new Peering(US, false, new SeededRandom(1), 5000);
    give(peering, new PeerInput.SignIn(new Username("alice")));
    give(peering, new PeerInput.UseRelays(List.of(RELAY), true));
    give(peering, heard(RELAY, new Message.RegisterAck()));
    give(peering, new PeerInput.Connect(new PeerId.Named(new Username("bob"))));
    give(peering, heard(RELAY, new Message.PeerInfo(BOB, new Username("bob"))));
    give(peering, heard(BOB, new Message.Pong()));
    while (bytes.remainingBytes() > 0) {
      now = now.plus(Duration.ofMillis(bytes.consumeInt(0, 20_000)));
      give(peering, new PeerInput.Datagram(anybody(bytes), anything(bytes)));
    }
    give(peering, new PeerInput.SignOff());
  }

  private static Endpoint anybody(FuzzedDataProvider bytes) {
    return switch (bytes.consumeInt(0, 3)) {
      case 0 -> RELAY;
      case 1 -> BOB;
      case 2 -> new Endpoint(BOB.address(), bytes.consumeInt(1, 65535));
      default -> new Endpoint(RELAY.address(), bytes.consumeInt(1, 65535));
    };
  }

  private static byte[] anything(FuzzedDataProvider bytes) {
    return switch (bytes.consumeInt(0, 7)) {
      case 0 -> MessageJson.encode(new Message.Ping());
      case 1 -> MessageJson.encode(new Message.Pong());
      case 2 -> MessageJson.encode(new Message.Goodbye());
      case 3 -> MessageJson.encode(new Message.TargetBusy());
      case 4 -> MessageJson.encode(new Message.TargetNotFound());
      case 5 -> MessageJson.encode(introduction(bytes));
      default -> bytes.consumeBytes(bytes.consumeInt(0, 1500));
    };
  }

  private static Message introduction(FuzzedDataProvider bytes) {
    Endpoint somewhere = new Endpoint(BOB.address(), bytes.consumeInt(1, 65535));
    return new Message.PeerInfo(somewhere, new Username("peer" + bytes.consumeInt(0, 999)));
  }

  private static PeerInput heard(Endpoint from, Message message) {
    return new PeerInput.Datagram(from, MessageJson.encode(message));
  }

  /// Gives one input and then lets every timer run that is due soon.
  private void give(Peering peering, PeerInput input) {
    outputs = 0;
    List<PeerOutput> last = peering.handle(input, now);
    for (int wakes = 0; wakes < MOST_WAKES; wakes++) {
      outputs += last.size();
      if (last.isEmpty() || !(last.getLast() instanceof PeerOutput.WakeAt(var time))) {
        break;
      }
      if (!time.isAfter(now)) {
        throw new AssertionError("wakes in the past");
      }
      now = time;
      last = peering.handle(new PeerInput.Tick(), now);
    }
    if (outputs > MOST_WAKES * MOST_OUTPUTS) {
      throw new AssertionError(outputs + " outputs");
    }
  }
}
