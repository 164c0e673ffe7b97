package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.PeerInfo;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is here, who talks to whom, and what each of them is told.
///
/// **Names.** A name belongs to its newest registration, so a client that crashed comes back at
/// once; an address has one name, its newest. A registration ends when name or address is taken
/// over, after [Limits#expiry] without a datagram, or when the relay is full and nobody has been
/// idle for longer.
///
/// **Sessions.** Two peers that were introduced are in a session with each other, and with nobody
/// else. It ends for both when one of them says `SessionFinished`, registers, loses the
/// registration, or is introduced to a third. Nobody is told of an end: the dialect has no word for
/// it.
///
/// **`Connect`** gets exactly one of these, the first that fits:
/// - `TargetNotFound` when the asker is not registered. The answer is the same for every name, so
///   it tells a stranger nothing; silence would leave an honest client whose relay was restarted
///   waiting for nothing.
/// - `TargetNotFound` when nobody has the name, when it is the asker's own (there is no *other*
///   peer of that name), and when its address is of the family (IPv4, IPv6) that the asker's is not
///   of: two such peers cannot reach each other, and some clients die of an address they cannot
///   use.
/// - `PeerInfo` to the asker alone when the two are in a session already.
/// - `TargetBusy` when the target is in a session with somebody else. Like `TargetNotFound` it
///   leaves the asker's own session as it is.
/// - `PeerInfo` to both. An earlier session of the asker ends.
///
/// **Amplification.** Source addresses can be forged, so no answer may be worth asking for in
/// another's name. `RegisterAck` (13 bytes), `TargetNotFound` and `TargetBusy` are shorter than any
/// request, and `RegisterAck` with a STUN response (at most 57 bytes) is shorter than the 70 that
/// ask for both. A `PeerInfo` is at most 51 bytes longer than the `Connect` for that name, and goes
/// only to who registered; the copy for the target holds the asker's name, which may be longer
/// (1,024 bytes at most), and goes to who registered as the target. STUN responses are 1.6 (IPv4)
/// or 2.2 (IPv6) times a bare request, error 420 at most 2.4 times.
///
/// Pure. The time is the caller's; it should not run backwards, and may stand still within a batch.
public final class Rendezvous {
  /// @param capacity how many may be registered at once
  /// @param expiry how long a registration lives without a datagram from its address
  /// @param circuitBytesPerSecond what each client may send through circuits, in the long run
  /// @param circuitBurst how many bytes at once, after a rest
  public record Limits(
      int capacity, Duration expiry, long circuitBytesPerSecond, long circuitBurst) {
    public static final Limits DEFAULT = new Limits(1_000_000, Duration.ofHours(12));

    private static final long CIRCUIT_RATE = 1 << 20;
    private static final long CIRCUIT_BURST = 4 << 20;

    /// With circuits of the usual width: 1 MiB a second, 4 MiB at once.
    public Limits(int capacity, Duration expiry) {
      this(capacity, expiry, CIRCUIT_RATE, CIRCUIT_BURST);
    }

    public Limits {
      if (capacity < 1) {
        throw new IllegalArgumentException("The capacity has to be at least 1.");
      }
      if (!expiry.isPositive()) {
        throw new IllegalArgumentException("The expiry has to be longer than nothing.");
      }
    }
  }

  private static final RegisterAck ACKNOWLEDGED = new RegisterAck();
  private static final TargetNotFound NOT_FOUND = new TargetNotFound();
  private static final TargetBusy BUSY = new TargetBusy();

  private final Directory directory;

  public Rendezvous(Limits limits) {
    directory = new Directory(limits);
  }

  /// How many are registered, those included that expired and were not dropped yet.
  public int size() {
    return directory.size();
  }

  /// Who speaks from this address.
  Optional<Username> nameAt(Endpoint address, Instant now) {
    return directory.at(address, now.toEpochMilli()).map(registration -> registration.name);
  }

  /// How somebody of this name is reached.
  Optional<Gate> find(Username name, Instant now) {
    return directory
        .named(name, now.toEpochMilli())
        .map(registration -> new Gate(registration.address, registration.door));
  }

  /// The name belongs to somebody else now.
  void forget(Username name) {
    directory.forget(name);
  }

  public List<RendezvousOutput> handle(RendezvousInput input, Instant now) {
    long millis = now.toEpochMilli();
    directory.dropExpired(millis);
    return switch (input) {
      case Said said -> said(said, millis);
      case AskedStun(var from, int door, var request) -> {
        directory.hear(from, door, millis);
        yield List.of(new AnswerStun(from, door, request));
      }
    };
  }

  private List<RendezvousOutput> said(Said said, long now) {
    return switch (said.message()) {
      case Register(var name, var stun) -> {
        directory.register(name, said.from(), said.door(), now);
        yield acknowledge(said, stun);
      }
      case Connect(var name) ->
          hear(said, now)
              .map(asker -> connect(asker, name, now))
              .orElseGet(() -> List.of(new Say(said.from(), said.door(), NOT_FOUND)));
      case SessionFinished _ -> {
        hear(said, now).ifPresent(Registration::part);
        yield List.of();
      }
      case Message.FromRelay _, Message.BetweenPeers _ -> {
        hear(said, now);
        yield List.of();
      }
    };
  }

  private Optional<Registration> hear(Said said, long now) {
    return directory.hear(said.from(), said.door(), now);
  }

  private static List<RendezvousOutput> acknowledge(Said said, @Nullable TransactionId stun) {
    Endpoint to = said.from();
    var acknowledgement = new Say(to, said.door(), ACKNOWLEDGED);
    return stun == null
        ? List.of(acknowledgement)
        : List.of(
            acknowledgement,
            new AnswerStun(to, said.door(), new BindingRequest(stun, false, List.of())));
  }

  private List<RendezvousOutput> connect(Registration asker, Username name, long now) {
    var found = directory.named(name, now);
    if (found.isEmpty() || found.get() == asker || !asker.canReach(found.get())) {
      return List.of(say(asker, NOT_FOUND));
    }
    var target = found.get();
    var engaged = directory.peerOf(target, now);
    if (engaged.isPresent()) {
      return List.of(say(asker, engaged.get() == asker ? whereIs(target) : BUSY));
    }
    asker.meet(target);
    return List.of(say(asker, whereIs(target)), say(target, whereIs(asker)));
  }

  private static PeerInfo whereIs(Registration registration) {
    return new PeerInfo(registration.address, registration.name);
  }

  private static Say say(Registration to, Message.FromRelay message) {
    return new Say(to.address, to.door, message);
  }
}
