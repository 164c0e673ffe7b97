package dev.knothole.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.DirectMessage;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Ping;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Message.TargetBusy;
import dev.knothole.protocol.Message.TargetNotFound;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.stun.BindingRequest;
import dev.knothole.protocol.stun.TransactionId;
import dev.knothole.relay.RendezvousInput.AskedStun;
import dev.knothole.relay.RendezvousInput.Said;
import dev.knothole.relay.RendezvousOutput.AnswerStun;
import dev.knothole.relay.RendezvousOutput.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RendezvousTest {
  private static final Endpoint ALICE = Endpoint.parse("192.0.2.1:4001");
  private static final Endpoint BOB = Endpoint.parse("198.51.100.2:4002");
  private static final Endpoint CAROL = Endpoint.parse("203.0.113.3:4003");
  private static final Endpoint SIXTUS = Endpoint.parse("[2001:db8::6]:4006");
  private static final Endpoint SIENNA = Endpoint.parse("[2001:db8::7]:4007");
  private static final Endpoint ELSEWHERE = Endpoint.parse("192.0.2.99:4099");
  private static final TransactionId ID = new TransactionId("00112233445566778899aabb");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Rendezvous rendezvous = new Rendezvous(new Rendezvous.Limits(4, HOUR));
  private Instant now = Instant.EPOCH;

  @Test
  void two_who_register_are_introduced_to_each_other() {
    assertEquals(says(ALICE, new RegisterAck()), register(ALICE, "alice"));
    register(BOB, "bob");
    assertEquals(introduction(ALICE, "alice", BOB, "bob"), connect(ALICE, "bob"));
  }

  @Test
  void a_registration_that_asks_for_its_address_is_told_by_stun_as_well() {
    var answers = say(ALICE, new Register(new Username("alice"), ID));
    assertEquals(
        List.of(
            new Say(ALICE, 0, new RegisterAck()),
            new AnswerStun(ALICE, 0, new BindingRequest(ID, false, List.of()))),
        answers);
  }

  @Test
  void a_binding_request_is_answered_whoever_asks() {
    var request = new BindingRequest(ID);
    assertEquals(
        List.of(new AnswerStun(ALICE, 0, request)),
        rendezvous.handle(new AskedStun(ALICE, 0, request), now));
    assertEquals(0, rendezvous.size());
  }

  @Test
  void nobody_is_introduced_to_the_unknown_to_themselves_or_without_a_name() {
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "bob"));
    register(ALICE, "alice");
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "bob"));
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "alice"));
    assertEquals(says(BOB, new TargetNotFound()), connect(BOB, "alice"));
  }

  @Test
  void a_name_belongs_to_its_newest_registration() {
    register(ALICE, "alice");
    register(BOB, "bob");
    register(ELSEWHERE, "alice");
    assertEquals(introduction(BOB, "bob", ELSEWHERE, "alice"), connect(BOB, "alice"));
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "bob"));
  }

  @Test
  void an_address_has_one_name_its_newest() {
    register(ALICE, "alice");
    register(ALICE, "alicia");
    register(BOB, "bob");
    assertEquals(says(BOB, new TargetNotFound()), connect(BOB, "alice"));
    assertEquals(introduction(BOB, "bob", ALICE, "alicia"), connect(BOB, "alicia"));
    assertEquals(2, rendezvous.size());
  }

  @Test
  void a_repeated_connect_is_answered_to_who_asked_alone() {
    introduceAliceAndBob();
    assertEquals(says(ALICE, peerInfo(BOB, "bob")), connect(ALICE, "bob"));
    assertEquals(says(BOB, peerInfo(ALICE, "alice")), connect(BOB, "alice"));
  }

  @Test
  void who_is_in_a_session_is_busy_for_others() {
    introduceAliceAndBob();
    register(CAROL, "carol");
    assertEquals(says(CAROL, new TargetBusy()), connect(CAROL, "alice"));
    assertEquals(says(CAROL, new TargetBusy()), connect(CAROL, "bob"));
  }

  @Test
  void a_session_ends_for_both_when_either_says_so() {
    for (var either : List.of(ALICE, BOB)) {
      introduceAliceAndBob();
      assertEquals(List.of(), say(either, new SessionFinished()));
      register(CAROL, "carol");
      assertEquals(introduction(CAROL, "carol", BOB, "bob"), connect(CAROL, "bob"));
      assertEquals(introduction(ALICE, "alice", BOB, "bob"), afterEndOf(CAROL));
    }
  }

  private List<RendezvousOutput> afterEndOf(Endpoint session) {
    say(session, new SessionFinished());
    return connect(ALICE, "bob");
  }

  @Test
  void a_session_ends_for_both_when_either_registers_again_or_is_replaced() {
    for (var comeback : List.of(ALICE, ELSEWHERE)) {
      introduceAliceAndBob();
      register(CAROL, "carol");
      register(comeback, "alice");
      assertEquals(introduction(CAROL, "carol", BOB, "bob"), connect(CAROL, "bob"));
      assertEquals(says(comeback, new TargetBusy()), connect(comeback, "bob"));
    }
  }

  @Test
  void a_third_who_is_free_ends_the_session_and_a_failed_connect_does_not() {
    introduceAliceAndBob();
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "carol"));
    assertEquals(says(ALICE, peerInfo(BOB, "bob")), connect(ALICE, "bob"));
    register(CAROL, "carol");
    assertEquals(introduction(ALICE, "alice", CAROL, "carol"), connect(ALICE, "carol"));
    assertEquals(says(BOB, new TargetBusy()), connect(BOB, "alice"));
  }

  @Test
  void peers_of_different_families_are_not_introduced() {
    register(ALICE, "alice");
    register(SIXTUS, "sixtus");
    register(SIENNA, "sienna");
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "sixtus"));
    assertEquals(says(SIXTUS, new TargetNotFound()), connect(SIXTUS, "alice"));
    assertEquals(introduction(SIXTUS, "sixtus", SIENNA, "sienna"), connect(SIXTUS, "sienna"));
  }

  @Test
  void who_is_silent_too_long_is_forgotten_and_their_session_with_them() {
    introduceAliceAndBob();
    register(CAROL, "carol");
    pass(HOUR.minusMillis(1));
    say(ALICE, new Ping());
    say(CAROL, new DirectMessage("still here"));
    pass(Duration.ofMillis(1));
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "bob"));
    assertEquals(introduction(CAROL, "carol", ALICE, "alice"), connect(CAROL, "alice"));
    assertEquals(says(BOB, new TargetNotFound()), connect(BOB, "alice"));
    assertEquals(2, rendezvous.size());
  }

  @Test
  void a_binding_request_keeps_a_registration_alive() {
    register(ALICE, "alice");
    pass(HOUR.minusMillis(1));
    rendezvous.handle(new AskedStun(ALICE, 0, new BindingRequest(ID)), now);
    pass(HOUR.minusMillis(1));
    register(BOB, "bob");
    assertEquals(introduction(BOB, "bob", ALICE, "alice"), connect(BOB, "alice"));
  }

  @Test
  void a_full_relay_forgets_the_longest_idle() {
    introduceAliceAndBob();
    register(CAROL, "carol");
    register(SIXTUS, "sixtus");
    say(ALICE, new Ping());
    register(SIENNA, "sienna");
    assertEquals(4, rendezvous.size());
    assertEquals(says(ALICE, new TargetNotFound()), connect(ALICE, "bob"));
    assertEquals(introduction(CAROL, "carol", ALICE, "alice"), connect(CAROL, "alice"));
  }

  @Test
  void what_is_not_for_a_relay_is_not_answered() {
    register(ALICE, "alice");
    for (var message :
        List.of(new Ping(), new DirectMessage("hi"), new RegisterAck(), peerInfo(BOB, "bob"))) {
      assertEquals(List.of(), say(ALICE, message));
      assertEquals(List.of(), say(ELSEWHERE, message));
    }
    assertEquals(List.of(), say(ELSEWHERE, new SessionFinished()));
  }

  @Test
  void everybody_is_answered_through_the_door_they_came_by_last() {
    rendezvous.handle(new Said(ALICE, 1, new Register(new Username("alice"))), now);
    rendezvous.handle(new Said(BOB, 2, new Register(new Username("bob"))), now);
    rendezvous.handle(new Said(BOB, 3, new Ping()), now);
    assertEquals(
        List.of(new Say(ALICE, 1, peerInfo(BOB, "bob")), new Say(BOB, 3, peerInfo(ALICE, "alice"))),
        rendezvous.handle(new Said(ALICE, 1, new Connect(new Username("bob"))), now));
  }

  private void introduceAliceAndBob() {
    register(ALICE, "alice");
    register(BOB, "bob");
    connect(ALICE, "bob");
  }

  private List<RendezvousOutput> register(Endpoint from, String name) {
    return say(from, new Register(new Username(name)));
  }

  private List<RendezvousOutput> connect(Endpoint from, String name) {
    return say(from, new Connect(new Username(name)));
  }

  private List<RendezvousOutput> say(Endpoint from, Message message) {
    return rendezvous.handle(new Said(from, 0, message), now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static List<RendezvousOutput> introduction(
      Endpoint asker, String askerName, Endpoint target, String targetName) {
    return List.of(
        new Say(asker, 0, peerInfo(target, targetName)),
        new Say(target, 0, peerInfo(asker, askerName)));
  }

  private static List<RendezvousOutput> says(Endpoint to, Message.FromRelay message) {
    return List.of(new Say(to, 0, message));
  }

  private static PeerInfo peerInfo(Endpoint address, String name) {
    return new PeerInfo(address, new Username(name));
  }
}
