package dev.knothole.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.knothole.client.app.AppState;
import dev.knothole.client.app.ChatId;
import dev.knothole.client.app.Event;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.app.Hands;
import dev.knothole.client.app.Line;
import dev.knothole.client.app.Somebody;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.shell.Controller.Incoming;
import dev.knothole.protocol.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ControllerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final PeerId BOB = new PeerId.Named(new Username("bob"));

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final EventBus<Incoming<String>> inbox = new EventBus<>(clock);
  private final List<PeerInput> toNetwork = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();

  @Test
  void what_was_asked_for_at_the_start_goes_before_what_came_in() throws InterruptedException {
    inbox.postUrgently(new Incoming.Input<>("hi"));
    inbox.postUrgently(new Incoming.Input<>("/quit"));
    inbox.postUrgently(new Incoming.Input<>("/quit"));
    assertEquals(0, controller().run(List.of("/connect bob")));
    assertEquals(List.of(new PeerInput.Connect(BOB)), toNetwork);
  }

  @Test
  void the_first_picture_needs_no_event_and_a_key_is_shown_at_once() throws InterruptedException {
    inbox.postUrgently(new Incoming.Input<>("/nick carol"));
    inbox.offer(new Incoming.News<>(new Event.Signalled(15)));
    assertEquals(143, controller().run(List.of()));
    assertEquals(List.of("alice", "carol"), shown);
  }

  private Controller<String> controller() {
    var client = Somebody.called(new Username("alice"), Hands.ON_LINES, NOW);
    return new Controller<>(client, new Lines(), inbox, new World(), clock);
  }

  private final class World implements Controller.World {
    @Override
    public void toNetwork(PeerInput input) {
      toNetwork.add(input);
    }

    @Override
    public void toHistory(HistoryInput input) {
      throw new AssertionError("nobody said anything");
    }

    @Override
    public void lookUp(String host, int port) {
      throw new AssertionError("nobody asked for " + host);
    }
  }

  private final class Lines implements FrontEnd<String> {
    @Override
    public Hands hands() {
      return Hands.ON_LINES;
    }

    @Override
    public List<Event> read(String input, AppState state) {
      return List.of(new Event.Entered(input));
    }

    @Override
    public void appended(AppState state, ChatId chat, Line line) {}

    @Override
    public boolean show(AppState state) {
      shown.add(state.name().value());
      return true;
    }

    @Override
    public void close() {}
  }
}
