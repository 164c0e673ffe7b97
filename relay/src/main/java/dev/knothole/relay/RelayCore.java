package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.MalformedMessage;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.MessageJson;
import dev.knothole.protocol.Username;
import dev.knothole.protocol.link.CloseReason;
import dev.knothole.protocol.link.Connection;
import dev.knothole.protocol.link.LinkEvent;
import dev.knothole.protocol.link.LinkOptions;
import dev.knothole.protocol.link.Links;
import dev.knothole.protocol.link.Transmission;
import dev.knothole.protocol.link.handshake.Identity;
import dev.knothole.protocol.link.stream.BufferBudget;
import dev.knothole.protocol.link.stream.StreamEvent;
import dev.knothole.protocol.stun.BindingRequest;
import dev.knothole.protocol.stun.Stun;
import dev.knothole.protocol.stun.TransactionId;
import dev.knothole.protocol.talk.Circuit;
import dev.knothole.protocol.talk.RelayTalk;
import dev.knothole.protocol.talk.TalkJson;
import dev.knothole.protocol.talk.TalkStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All of a relay but its sockets: takes every datagram, and says what is to be sent.
///
/// The first byte tells what a datagram is: 0x80 and above a packet of a link, 0x43 one for a
/// circuit, below 0x40 STUN, and else a message of the open dialect. What the open dialect says is
/// judged by [Rendezvous], what clients say over links by [Switchboard]; this is where the two
/// meet, over names.
///
/// Pure: no socket, thread or clock. Not for several threads.
public final class RelayCore {
  private static final int DATAGRAM = 1500;

  /// The first stream that a client opens.
  private static final long FIRST_STREAM = 0;

  private static final long NANOS = 1_000_000_000;

  /// Where datagrams go. Never throws; what cannot be sent is lost.
  public interface Sink {
    void send(Endpoint to, int door, byte[] datagram);
  }

  private final Rendezvous rendezvous;
  private final Switchboard switchboard;
  private final Links links;
  private final Sink sink;
  private final Transmission out = new Transmission(DATAGRAM, 1);
  private final Map<Connection, ClientSession> sessions = new HashMap<>();
  private long forwarded;
  private long forwardedBytes;
  private long tooMuch;
  private long nowhere;
  private Instant now = Instant.EPOCH;

  /// @param identity what the relay proves to be
  /// @param names whose each name is
  public RelayCore(
      Rendezvous.Limits limits, Identity identity, NameBook names, SecureRandom random, Sink sink) {
    this.sink = sink;
    rendezvous = new Rendezvous(limits);
    switchboard = new Switchboard(names, limits, new OpenDialect(), random);
    var options = LinkOptions.DEFAULT.withMaxConnections(limits.capacity());
    links = new Links(identity, _ -> true, options, new BufferBudget(), random);
  }

  /// One that forgets all names with the process.
  public static RelayCore forgetful(
      Rendezvous.Limits limits, Identity identity, SecureRandom random, Sink sink) {
    return new RelayCore(limits, identity, NameBook.inMemory(), random, sink);
  }

  /// How many are here, in either dialect.
  public int size() {
    return rendezvous.size() + switchboard.size();
  }

  Circuits tally() {
    return new Circuits(
        switchboard.size(), switchboard.circuits(), forwarded, forwardedBytes, tooMuch, nowhere);
  }

  /// @param door which of the relay's sockets it came to
  /// @throws MalformedMessage for what is nothing that a relay knows
  public void received(byte[] datagram, Endpoint from, int door, Instant time)
      throws MalformedMessage {
    now = time;
    if (datagram.length > 0 && datagram[0] < 0) {
      links.received(datagram, 0, datagram.length, new Gate(from, door), nanos());
      flush();
    } else if (Circuit.isCircuit(datagram)) {
      pass(datagram, from);
    } else {
      open(read(datagram, from, door));
      flush();
    }
  }

  private static RendezvousInput read(byte[] datagram, Endpoint from, int door)
      throws MalformedMessage {
    return Stun.isStun(datagram)
        ? new RendezvousInput.AskedStun(from, door, BindingRequest.decode(datagram))
        : new RendezvousInput.Said(from, door, MessageJson.decode(datagram));
  }

  // Circuits

  private void pass(byte[] datagram, Endpoint from) {
    switch (switchboard.pass(datagram, from, now)) {
      case Bridges.Passage.To(var gate) -> {
        forwarded++;
        forwardedBytes += datagram.length;
        sink.send(gate.address(), gate.door(), datagram);
      }
      case Bridges.Passage.TooMuch _ -> tooMuch++;
      case Bridges.Passage.Nowhere _ -> nowhere++;
    }
  }

  // The open dialect

  private void open(RendezvousInput input) {
    switch (input) {
      case RendezvousInput.Said(var from, var door, Message.Register(var name, var stun))
          when switchboard.isOwned(name, now) ->
          refuse(new Gate(from, door), stun);
      case RendezvousInput.Said(var from, var door, Message.Connect(var name))
          when switchboard.holds(name) -> {
        rendezvous.handle(input, now);
        var gate = new Gate(from, door);
        rendezvous
            .nameAt(from, now)
            .ifPresentOrElse(
                caller -> switchboard.calledPlainly(gate, caller, name, now),
                () -> say(gate, new Message.TargetNotFound()));
      }
      case RendezvousInput.Said _, RendezvousInput.AskedStun _ ->
          rendezvous.handle(input, now).forEach(this::perform);
    }
  }

  /// A name that a key owns is not to be had without that key. The dialect has no word for it; that
  /// the question of how the relay sees the asker is answered shows a client of ours that it is to
  /// come over a link.
  private void refuse(Gate gate, @Nullable TransactionId stun) {
    if (stun != null) {
      var request = new BindingRequest(stun, false, List.of());
      sink.send(gate.address(), gate.door(), request.answer(gate.address()));
    }
  }

  private void perform(RendezvousOutput output) {
    byte[] datagram =
        switch (output) {
          case RendezvousOutput.Say(_, _, var message) -> MessageJson.encode(message);
          case RendezvousOutput.AnswerStun(var to, _, var request) -> request.answer(to);
        };
    sink.send(output.to(), output.door(), datagram);
  }

  private void say(Gate gate, Message.FromRelay message) {
    sink.send(gate.address(), gate.door(), MessageJson.encode(message));
  }

  private final class OpenDialect implements Switchboard.Plain {
    @Override
    public Optional<Gate> find(Username name) {
      return rendezvous.find(name, now);
    }

    @Override
    public void forget(Username name) {
      rendezvous.forget(name);
    }

    @Override
    public void introduce(Gate to, Username peer, Endpoint address) {
      say(to, new Message.PeerInfo(address, peer));
    }

    @Override
    public void notFound(Gate to) {
      say(to, new Message.TargetNotFound());
    }
  }

  // Links

  private void flush() {
    boolean busy = true;
    while (busy) {
      busy = listen();
      busy |= transmit();
    }
  }

  private boolean listen() {
    boolean heard = false;
    for (var next = links.nextWithEvents(); next != null; next = links.nextWithEvents()) {
      for (var event = next.nextEvent(); event != null; event = next.nextEvent()) {
        heard = true;
        heard(next, event);
      }
    }
    return heard;
  }

  private void heard(Connection connection, LinkEvent event) {
    if (event instanceof LinkEvent.Connected(var key)) {
      var talk = new TalkStream<>(TalkJson.RELAY, connection, FIRST_STREAM);
      sessions.put(
          connection,
          new ClientSession(
              connection,
              key,
              talk,
              switchboard.allowance(now),
              new CallRate(Switchboard.MAX_CALLS),
              new CallRate(Switchboard.MAX_CALLED)));
      return;
    }
    var session = sessions.get(connection);
    if (session == null) {
      return;
    }
    switch (event) {
      case LinkEvent.OfStream(StreamEvent.Arrived _) -> arrived(session);
      case LinkEvent.OfStream(StreamEvent.RoomToWrite _) -> session.talk.flush();
      case LinkEvent.PathRebound(var before, _) -> switchboard.moved(session, (Gate) before);
      case LinkEvent.Closed _ -> {
        switchboard.leave(session);
        sessions.remove(connection);
      }
      default -> {}
    }
  }

  private void arrived(ClientSession session) {
    try {
      for (var said = session.talk.next(); said.isPresent(); said = session.talk.next()) {
        if (said.get() instanceof RelayTalk.ToRelay message) {
          switchboard.heard(session, message, now);
        }
      }
    } catch (MalformedMessage e) {
      session.connection.close(CloseReason.CODE_APPLICATION, "what was said is no message");
    }
  }

  private boolean transmit() {
    boolean sent = false;
    while (links.transmit(out, nanos())) {
      sent = true;
      var gate = (Gate) out.route();
      sink.send(gate.address(), gate.door(), Arrays.copyOf(out.bytes(), out.length()));
    }
    return sent;
  }

  // Time

  public void tick(Instant time) {
    now = time;
    links.tick(nanos());
    switchboard.tick(now);
    flush();
  }

  /// When [#tick] has to be called, or [Instant#MAX].
  public Instant wakeAt() {
    long linksAt = links.wakeAt();
    var wake = linksAt == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochSecond(0, linksAt);
    var other = switchboard.wakeAt();
    return other.isBefore(wake) ? other : wake;
  }

  private long nanos() {
    return now.getEpochSecond() * NANOS + now.getNano();
  }
}
