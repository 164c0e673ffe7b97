package dev.knothole.client.app;

import dev.knothole.client.peer.Link;
import dev.knothole.client.peer.PeerEvent;
import dev.knothole.client.peer.PeerId;
import dev.knothole.client.peer.RelayState;
import dev.knothole.protocol.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// The whole client as the user knows it. Pure: the same events at the same times give the same
/// state and the same effects.
public final class Client {
  /// How long a first Ctrl-C is remembered.
  private static final Duration SECOND_INTERRUPT = Duration.ofSeconds(2);

  /// "silent for 12 s" counts seconds.
  private static final Duration COUNTING = Duration.ofSeconds(1);

  private final Hands hands;
  private final AppState state;
  private final Desk desk;
  private final Orders orders;
  private final Keyboard keyboard;
  private final Memory memory;
  private final List<Effect> effects = new ArrayList<>();
  private Instant interruptedAt = Instant.MIN;

  /// What a script says while a host name is looked up: it is meant for that chat.
  private final Queue<Event> held = new ArrayDeque<>();

  private int lookups;

  /// @param name what to be called until `/nick` changes it
  /// @param random for the ids of messages
  public Client(
      Username name, Hands hands, Preferences preferences, RandomGenerator random, Instant now) {
    this.hands = hands;
    state = new AppState(name, now);
    desk = new Desk(state, hands, preferences, random, effects);
    orders = new Orders(state, desk);
    memory = new Memory(state, desk);
    keyboard = new Keyboard(state);
  }

  public AppState state() {
    return state;
  }

  public List<Effect> handle(Event event, Instant now) {
    effects.clear();
    state.now(now);
    if (isHeld(event)) {
      held.add(event);
    } else {
      step(event, now);
    }
    while (lookups == 0 && !held.isEmpty()) {
      step(held.remove(), now);
    }
    desk.post().tick();
    if (state.active().anchor().atBottom()) {
      desk.post().seen(state.active());
    }
    Instant wake = desk.post().wakeAt();
    if (isCounting() && now.plus(COUNTING).isBefore(wake)) {
      wake = now.plus(COUNTING);
    }
    if (wake.isBefore(Instant.MAX)) {
      effects.add(new Effect.WakeAt(wake));
    }
    return List.copyOf(effects);
  }

  private boolean isHeld(Event event) {
    boolean said = event instanceof Event.Entered || event instanceof Event.InputEnded;
    return said && hands == Hands.ON_LINES && lookups > 0 && held.size() < Desk.MAX_WAITING;
  }

  private void step(Event event, Instant now) {
    switch (event) {
      case Event.Typed(var text) -> {
        editor().insert(text);
        desk.post().typed(state.active());
      }
      case Event.Pasted(var text) -> editor().insert(text);
      case Event.Acted(var action) -> act(action, now);
      case Event.Entered(var line) -> enter(line);
      case Event.GoTo(var number) -> goTo(number);
      case Event.ScrolledTo(var anchor) -> scrolledTo(anchor);
      case Event.FromNetwork(var news) -> hear(news);
      case Event.FromHistory(var answer) -> memory.hear(answer);
      case Event.Hosting _ -> state.hostRelay();
      case Event.NetworkFailed _ -> desk.networkFailed();
      case Event.LookedUp found -> lookedUp(found);
      case Event.Told(var sentence) -> desk.problem(state.active(), sentence);
      case Event.Tick _ -> {}
      case Event.InputEnded _ -> desk.departure().whenSent();
      case Event.Signalled(var signal) -> desk.departure().now(128 + signal);
    }
  }

  private Editor editor() {
    return state.active().editor();
  }

  private void act(Action action, Instant now) {
    switch (action) {
      case SEND -> send();
      case NEXT_CHAT -> state.show(state.besides(1));
      case PREVIOUS_CHAT -> state.show(state.besides(-1));
      case NEXT_ACTIVE_CHAT -> showNextActive();
      case TOGGLE_PEER_LIST -> state.togglePeerList();
      case HELP -> perform(new Command.Help(""));
      case INTERRUPT -> interrupt(now);
      case END_OF_INPUT -> endOfInput();
      // All others edit the line.
      default -> keyboard.edit(action);
    }
  }

  /// The draft stays when it could not be sent, so that nothing typed is lost.
  private void send() {
    var editor = editor();
    if (enter(editor.draft().text())) {
      editor.accept();
    }
  }

  /// Whether the line was taken.
  private boolean enter(String line) {
    if (desk.introducer().takes(state.active(), line)) {
      return true;
    }
    return switch (Entry.parse(line)) {
      case Entry.Nothing _ -> true;
      case Entry.Say(var text) -> desk.say(state.active(), text);
      case Entry.Do(var command) -> {
        perform(command);
        yield true;
      }
      case Entry.Mistake(var sentence) -> {
        desk.problem(state.active(), sentence);
        yield false;
      }
    };
  }

  private void perform(Command command) {
    var lookup = orders.perform(command);
    lookup.ifPresent(effects::add);
    lookups += lookup.isPresent() ? 1 : 0;
  }

  private void goTo(int number) {
    if (number >= 1 && number <= state.chats().size()) {
      state.show(state.chats().get(number - 1));
    }
  }

  private void showNextActive() {
    for (int places = 1; places < state.chats().size(); places++) {
      if (state.besides(places).unread() > 0) {
        state.show(state.besides(places));
        return;
      }
    }
  }

  private void scrolledTo(Anchor anchor) {
    state.active().anchor(anchor);
  }

  private void interrupt(Instant now) {
    if (!editor().draft().isEmpty()) {
      editor().clear();
      return;
    }
    if (interruptedAt.isAfter(now.minus(SECOND_INTERRUPT))) {
      desk.departure().now(0);
      return;
    }
    interruptedAt = now;
    desk.notice(state.active(), "Press Ctrl-C again or type /quit to leave.");
  }

  private void endOfInput() {
    if (editor().draft().isEmpty()) {
      desk.notice(state.active(), "Type /quit to leave.");
    } else {
      keyboard.edit(Action.DELETE);
    }
  }

  private void hear(PeerEvent news) {
    switch (news) {
      case PeerEvent.RelayChanged(var relay) -> relayChanged(relay);
      case PeerEvent.NatChanged(var nat) -> state.nat(nat);
      case PeerEvent.LinkChanged(var peer, var link) -> desk.linkChanged(peer, link);
      case PeerEvent.Calling(var peer, var key) -> desk.introducer().calling(peer, key);
      case PeerEvent.CallingPlainly(var peer) -> desk.introducer().callingPlainly(peer);
      case PeerEvent.CallEnded(var peer) -> desk.introducer().callEnded(peer);
      case PeerEvent.PlainOnly(var peer) -> desk.introducer().plainOnly(peer);
      case PeerEvent.Heard(var peer, var talk) -> desk.post().heard(peer, talk);
      case PeerEvent.RelayPinned(var relay, var key) -> desk.introducer().pinRelay(relay, key);
      case PeerEvent.Said(var peer, var text) -> desk.heard(peer, text);
      case PeerEvent.Measured(var peer, var rtt) -> desk.measured(peer, rtt);
    }
  }

  private void relayChanged(RelayState relay) {
    boolean wasOnline = isOnline(state.relay());
    state.relay(relay);
    switch (relay) {
      case RelayState.Online(_, var name) when !wasOnline -> online(name);
      case RelayState.SignedIn(_, var name) -> {
        if (!wasOnline) {
          online(name);
        }
        desk.introducer().encrypted();
        desk.post().retry();
      }
      case RelayState.NameTaken(_, var name) ->
          desk.problem(
              state.active(),
              "The name "
                  + name
                  + " belongs to somebody else at this relay. /nick NAME takes"
                  + " another one.");
      case RelayState.Superseded(_, var name) ->
          desk.problem(
              state.active(),
              name
                  + " has signed in elsewhere, on another machine or in another window, so nobody"
                  + " reaches you here. /retry signs in here again.");
      case RelayState.KeyChanged(var address, _) ->
          desk.problem(
              state.active(),
              "THE KEY OF THE RELAY "
                  + address
                  + " HAS CHANGED. Perhaps it was set up anew;"
                  + " perhaps somebody answers in its place. Nothing is said to it until"
                  + " /trust relay.");
      case RelayState.None _,
          RelayState.Registering _,
          RelayState.Online _,
          RelayState.Silent _ -> {}
    }
  }

  private static boolean isOnline(RelayState relay) {
    return relay instanceof RelayState.Online || relay instanceof RelayState.SignedIn;
  }

  private void online(Username name) {
    desk.notice(state.home(), "You are online as " + name + ". /connect NAME opens a chat.");
  }

  private void lookedUp(Event.LookedUp found) {
    lookups--;
    if (found.addresses().isEmpty()) {
      desk.problem(
          state.active(),
          "There is no address for " + found.host() + ". Check the spelling and your network.");
    } else {
      desk.connect(new PeerId.At(found.addresses().getFirst()));
    }
  }

  private boolean isCounting() {
    return state.relay() instanceof RelayState.Silent
        || state.relay() instanceof RelayState.Registering
        || state.chats().stream()
            .flatMap(chat -> chat.link().stream())
            .anyMatch(link -> link instanceof Link.Silent || link instanceof Link.Unanswered)
        || state.chats().stream().anyMatch(state::isTyping);
  }
}
