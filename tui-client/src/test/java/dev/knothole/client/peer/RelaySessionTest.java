package dev.knothole.client.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.knothole.client.peer.RelaySession.Input.Ask;
import dev.knothole.client.peer.RelaySession.Input.Heard;
import dev.knothole.client.peer.RelaySession.Input.Settled;
import dev.knothole.client.peer.RelaySession.Input.SignIn;
import dev.knothole.client.peer.RelaySession.Input.SignOff;
import dev.knothole.client.peer.RelaySession.Input.Tick;
import dev.knothole.client.peer.RelaySession.Input.Use;
import dev.knothole.client.peer.RelaySession.Output;
import dev.knothole.client.peer.RelaySession.Output.Changed;
import dev.knothole.client.peer.RelaySession.Output.Dial;
import dev.knothole.client.peer.RelaySession.Output.Host;
import dev.knothole.client.peer.RelaySession.Output.Introduced;
import dev.knothole.client.peer.RelaySession.Output.NatChanged;
import dev.knothole.client.peer.RelaySession.Output.Refused;
import dev.knothole.client.peer.RelaySession.Output.Send;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Message.TargetNotFound;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.stun.BindingResponse;
import dev.knothole.protocol.stun.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RelaySessionTest {
  private static final Endpoint RELAY = Endpoint.parse("203.0.113.1:3478");
  private static final Endpoint OTHER = Endpoint.parse("203.0.113.9:3478");
  private static final Endpoint LOCAL = Endpoint.parse("127.0.0.1:3478");
  private static final Endpoint BOBS = Endpoint.parse("203.0.113.2:4000");
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");
  private static final Send PLAIN = new Send(RELAY, new Register(ALICE));

  private final RelaySession session = new RelaySession(new Jitter(new SplittableRandom(1)), 5000);
  private Instant now = Instant.EPOCH;

  private List<Output> handle(RelaySession.Input input) {
    return session.handle(input, now);
  }

  private List<Output> hear(Message message) {
    return handle(new Heard(MessageJson.encode(message)));
  }

  /// Everything that happens by itself in so much time.
  private List<Output> pass(Duration duration) {
    Instant end = now.plus(duration);
    List<Output> outputs = new ArrayList<>();
    while (!session.wakeAt().isAfter(end)) {
      now = session.wakeAt();
      outputs.addAll(handle(new Tick()));
    }
    now = end;
    return outputs;
  }

  private void online() {
    handle(new SignIn(ALICE));
    handle(new Use(List.of(RELAY), false));
    hear(new RegisterAck());
    hear(new RegisterAck());
  }

  private static TransactionId stun(Output output) {
    var send = assertInstanceOf(Send.class, output);
    return assertNotNullStun(assertInstanceOf(Register.class, send.message()));
  }

  private static TransactionId assertNotNullStun(Register register) {
    TransactionId stun = register.stun();
    assertNotNull(stun);
    return stun;
  }

  @Test
  void the_first_registration_is_plain_and_the_second_asks_for_the_public_address() {
    assertEquals(List.of(), handle(new SignIn(ALICE)));
    assertEquals(
        List.of(new Changed(new RelayState.Registering(RELAY)), PLAIN),
        handle(new Use(List.of(RELAY), false)));
    List<Output> acknowledged = hear(new RegisterAck());
    assertEquals(new Changed(new RelayState.Online(RELAY, ALICE)), acknowledged.getFirst());
    TransactionId transaction = stun(acknowledged.getLast());
    Endpoint seen = Endpoint.parse("198.51.100.7:5000");
    assertEquals(
        List.of(new NatChanged(new NatState.Seen(seen, true)), new Dial(RELAY, ALICE)),
        handle(new Heard(new BindingResponse(transaction, seen, false).encode())));
  }

  @Test
  void a_registration_is_repeated_ever_more_slowly_until_it_is_acknowledged() {
    handle(new SignIn(ALICE));
    handle(new Use(List.of(RELAY), false));
    List<Output> repeated = pass(Duration.ofMillis(2400));
    assertEquals(3, repeated.size());
    repeated.forEach(RelaySessionTest::stun);
    assertEquals(22, pass(Duration.ofSeconds(100)).size(), 3);
  }

  @Test
  void a_keepalive_goes_out_every_twenty_seconds_and_on_the_loopback_every_five() {
    online();
    for (int i = 0; i < 10; i++) {
      List<Output> keepalive = pass(Duration.ofSeconds(22));
      stun(keepalive.getFirst());
      hear(new RegisterAck());
    }
    handle(new Use(List.of(LOCAL), false));
    hear(new RegisterAck());
    hear(new RegisterAck());
    stun(pass(Duration.ofMillis(5_500)).getFirst());
  }

  @Test
  void a_relay_that_does_not_answer_for_twelve_seconds_is_silent() {
    online();
    Instant heard = now;
    List<Output> outputs = pass(Duration.ofSeconds(34));
    outputs.removeIf(Send.class::isInstance);
    assertEquals(List.of(new Changed(new RelayState.Silent(RELAY, heard))), outputs);
    assertEquals(
        List.of(new Changed(new RelayState.Online(RELAY, ALICE))), hear(new RegisterAck()));
  }

  @Test
  void after_three_tries_the_next_relay_is_asked_and_then_the_first_again() {
    handle(new SignIn(ALICE));
    handle(new Use(List.of(RELAY, OTHER), false));
    List<Output> outputs = pass(Duration.ofSeconds(10));
    outputs.removeIf(Send.class::isInstance);
    assertEquals(
        List.of(
            new Changed(new RelayState.Registering(OTHER)),
            new Changed(new RelayState.Registering(RELAY))),
        outputs.subList(0, 2));
  }

  @Test
  void without_any_relay_one_of_our_own_is_asked_for_after_300_ms_and_then_ever_more_rarely() {
    handle(new SignIn(ALICE));
    handle(new Use(List.of(LOCAL), true));
    List<Long> asked = new ArrayList<>();
    Instant start = now;
    while (now.isBefore(start.plusSeconds(60))) {
      now = session.wakeAt();
      boolean hosts = handle(new Tick()).contains(new Host());
      if (hosts && now.isBefore(start.plusSeconds(60))) {
        asked.add(Duration.between(start, now).toMillis());
      }
    }
    assertEquals(List.of(300L, 2300L, 6300L, 14300L, 30300L), asked);
  }

  @Test
  void a_local_relay_that_dies_is_replaced_within_seconds() {
    handle(new SignIn(ALICE));
    handle(new Use(List.of(LOCAL), true));
    hear(new RegisterAck());
    hear(new RegisterAck());
    for (int i = 0; i < 4; i++) {
      pass(Registration.DECIDING.plus(Registration.DECIDING.dividedBy(5)));
      hear(new RegisterAck());
    }
    assertEquals(1, pass(Duration.ofSeconds(7)).stream().filter(Host.class::isInstance).count());
  }

  @Test
  void an_introduction_that_was_asked_for_is_said_to_be_finished_when_it_is() {
    online();
    assertEquals(List.of(new Send(RELAY, new Connect(BOB))), handle(new Ask(BOB)));
    assertEquals(List.of(new Introduced(BOB, BOBS, true)), hear(new PeerInfo(BOBS, BOB)));
    assertEquals(List.of(new Send(RELAY, new SessionFinished())), handle(new Settled(BOB)));
  }

  @Test
  void no_keepalive_cuts_into_an_introduction() {
    online();
    now = now.plusSeconds(17);
    assertEquals(List.of(new Introduced(BOB, BOBS, false)), hear(new PeerInfo(BOBS, BOB)));
    assertEquals(List.of(), pass(Duration.ofMillis(9_900)));
    stun(pass(Duration.ofSeconds(25)).getFirst());
  }

  @Test
  void nobody_is_not_found_only_after_we_registered_once_more() {
    online();
    handle(new Ask(BOB));
    stun(hear(new TargetNotFound()).getFirst());
    assertEquals(List.of(new Send(RELAY, new Connect(BOB))), pass(Duration.ofMillis(200)));
    assertEquals(List.of(new Refused(BOB, Link.Reason.NOT_FOUND)), hear(new TargetNotFound()));
  }

  @Test
  void one_question_at_a_time_is_outstanding() {
    online();
    handle(new Ask(BOB));
    assertEquals(List.of(), handle(new Ask(new Username("carol"))));
    assertEquals(
        List.of(
            new Introduced(BOB, BOBS, true),
            new Send(RELAY, new SessionFinished()),
            new Send(RELAY, new SessionFinished()),
            new Send(RELAY, new Connect(new Username("carol")))),
        hear(new PeerInfo(BOBS, BOB)));
  }

  @Test
  void a_question_nobody_answers_ends_after_ten_seconds() {
    online();
    handle(new Ask(BOB));
    List<Output> outputs = pass(Duration.ofSeconds(10));
    assertEquals(new Refused(BOB, Link.Reason.NO_RELAY), outputs.getLast());
    assertEquals(6, outputs.stream().filter(new Send(RELAY, new Connect(BOB))::equals).count());
  }

  @Test
  void after_signing_off_nothing_is_due() {
    online();
    assertEquals(List.of(new Send(RELAY, new SessionFinished())), handle(new SignOff()));
    assertEquals(Instant.MAX, session.wakeAt());
  }
}
