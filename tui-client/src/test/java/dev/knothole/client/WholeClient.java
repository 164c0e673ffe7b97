package dev.knothole.client;

import dev.knothole.client.app.Effect;
import dev.knothole.client.app.Event;
import dev.knothole.client.history.HistoryEvent;
import dev.knothole.client.history.HistoryInput;
import dev.knothole.client.peer.PeerInput;
import dev.knothole.client.peer.PeerOutput;
import dev.knothole.client.peer.Peering;
import dev.knothole.client.ui.Person;
import dev.knothole.client.world.Program;
import dev.knothole.client.world.SeededRandom;
import dev.knothole.client.world.SimulatedDisk;
import dev.knothole.client.world.Socket;
import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.handshake.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/// Everything of the client but its thin shell: keyboard, screen, client and peering, on a host of
/// a simulated world.
final class WholeClient implements Program {
  private static final Duration WRITING = Duration.ofMillis(1);

  private final Socket socket;
  private final Belongings belongings;
  private final Person person;
  private final Peering peering;
  private final Queue<PeerInput> orders = new ArrayDeque<>();
  private boolean busy;

  /// The last picture, until something may have changed it.
  private String painted = "";

  private Instant peeringWake = Instant.MAX;
  private Instant clientWake = Instant.MAX;

  WholeClient(Socket socket, String name, Endpoint relay) {
    this(socket, name, relay, Belongings.fresh(socket));
  }

  WholeClient(Socket socket, String name, Endpoint relay, Belongings belongings) {
    this.socket = socket;
    this.belongings = belongings;
    person = new Person(name, 80, 24, socket.random());
    var random = new SeededRandom(socket.random().nextLong());
    peering = new Peering(belongings.identity(), false, random, socket.local().port());
    var opened = belongings.disk().perform(new HistoryInput.Open(100)).orElseThrow();
    use(p -> perform(p.handle(new Event.FromHistory(opened))));
    if (opened instanceof HistoryEvent.Opened(_, var relays, _, _, _)) {
      relays.forEach((address, key) -> network(new PeerInput.PinRelay(address, key)));
    }
    network(new PeerInput.SignIn(new Username(name)));
    network(new PeerInput.UseRelays(List.of(relay), false));
  }

  /// What outlives the program.
  record Belongings(Identity identity, SimulatedDisk disk) {
    static Belongings fresh(Socket socket) {
      var random = new SeededRandom(socket.random().nextLong());
      return new Belongings(Identity.generate(random), new SimulatedDisk());
    }
  }

  Belongings belongings() {
    return belongings;
  }

  void type(String keys) {
    use(p -> perform(p.type(keys)));
  }

  void paste(String text) {
    use(p -> perform(p.paste(text)));
  }

  String screen() {
    if (painted.isEmpty()) {
      painted = person.screen();
    }
    return painted;
  }

  boolean shows(String text) {
    return screen().contains(text);
  }

  /// Ends without a word.
  void crash() {
    socket.close();
  }

  boolean hasEnded() {
    return !socket.isOpen();
  }

  @Override
  public void received(Endpoint from, byte[] bytes) {
    network(new PeerInput.Datagram(from, bytes));
  }

  @Override
  public void due() {
    if (!socket.now().isBefore(peeringWake)) {
      network(new PeerInput.Tick());
    }
    if (!socket.now().isBefore(clientWake)) {
      use(p -> perform(p.handle(new Event.Tick())));
    }
    rest();
  }

  private void use(Consumer<Person> hands) {
    person.at(socket.now());
    painted = "";
    clientWake = Instant.MAX;
    hands.accept(person);
    rest();
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.ToNetwork(var input) -> network(input);
        case Effect.WakeAt(var time) -> clientWake = time;
        case Effect.Quit _ -> network(new PeerInput.SignOff());
        case Effect.ToHistory(var input) -> disk(input);
        case Effect.LookUp _ -> throw new AssertionError("this world has no names to look up");
        case Effect.Appended _ -> {}
      }
    }
  }

  /// What is written stays written, also when the program ends before it hears of it.
  private void disk(HistoryInput input) {
    socket.after(
        WRITING,
        () ->
            belongings
                .disk()
                .perform(input)
                .ifPresent(
                    answer ->
                        socket.after(
                            WRITING,
                            () -> use(p -> perform(p.handle(new Event.FromHistory(answer)))))));
  }

  /// One input after the other, as from a queue, however one leads to another.
  private void network(PeerInput input) {
    orders.add(input);
    if (busy) {
      return;
    }
    busy = true;
    for (var order = orders.poll(); order != null; order = orders.poll()) {
      peeringWake = Instant.MAX;
      peering.handle(order, socket.now()).forEach(this::perform);
      if (order instanceof PeerInput.SignOff) {
        socket.close();
        return;
      }
    }
    busy = false;
    rest();
  }

  private void perform(PeerOutput output) {
    switch (output) {
      case PeerOutput.Transmit(var to, var bytes) -> socket.send(to, bytes);
      case PeerOutput.Report(var event) -> use(p -> perform(p.hear(event)));
      case PeerOutput.WakeAt(var time) -> peeringWake = time;
      case PeerOutput.HostRelay _ -> throw new AssertionError("nobody allowed hosting");
    }
  }

  private void rest() {
    socket.wakeAt(peeringWake.isBefore(clientWake) ? peeringWake : clientWake);
  }
}
