package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import dev.knothole.protocol.Message.Connect;
import dev.knothole.protocol.Message.FromRelay;
import dev.knothole.protocol.Message.PeerInfo;
import dev.knothole.protocol.Message.Register;
import dev.knothole.protocol.Message.RegisterAck;
import dev.knothole.protocol.Message.SessionFinished;
import dev.knothole.protocol.Message.TargetBusy;
import dev.knothole.protocol.Message.TargetNotFound;
import dev.knothole.protocol.Username;
import dev.knothole.relay.RendezvousInput.Said;
import dev.knothole.relay.RendezvousOutput.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules of [Rendezvous] once more, as plainly as they can be said: one list, searched from end
/// to end, and a set of pairs. The longest idle stands first.
final class NaiveRendezvous {
  private record Entry(Username name, Endpoint address, Instant heard) {}

  private final Rendezvous.Limits limits;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Set<Endpoint>> sessions = new HashSet<>();

  NaiveRendezvous(Rendezvous.Limits limits) {
    this.limits = limits;
  }

  int size() {
    return entries.size();
  }

  List<RendezvousOutput> handle(Said said, Instant now) {
    entries.stream()
        .filter(e -> !e.heard().plus(limits.expiry()).isAfter(now))
        .toList()
        .forEach(this::forget);
    if (said.message() instanceof Register register) {
      return register(register.username(), said.from(), now);
    }
    hear(said.from(), now);
    if (said.message() instanceof SessionFinished) {
      part(said.from());
    }
    return said.message() instanceof Connect connect
        ? connect(said.from(), connect.targetUsername())
        : List.of();
  }

  private List<RendezvousOutput> register(Username name, Endpoint address, Instant now) {
    entries.stream()
        .filter(e -> e.name().equals(name) || e.address().equals(address))
        .toList()
        .forEach(this::forget);
    if (entries.size() == limits.capacity()) {
      forget(entries.getFirst());
    }
    entries.add(new Entry(name, address, now));
    return List.of(new Say(address, 0, new RegisterAck()));
  }

  private void hear(Endpoint address, Instant now) {
    at(address)
        .ifPresent(
            entry -> {
              entries.remove(entry);
              entries.add(new Entry(entry.name(), address, now));
            });
  }

  private List<RendezvousOutput> connect(Endpoint from, Username name) {
    var asker = at(from);
    var target = entries.stream().filter(e -> e.name().equals(name)).findFirst();
    if (asker.isEmpty()
        || target.isEmpty()
        || asker.equals(target)
        || from.isIpv6() != target.get().address().isIpv6()) {
      return List.of(new Say(from, 0, new TargetNotFound()));
    }
    var to = target.get().address();
    if (sessions.contains(Set.of(from, to))) {
      return List.of(tell(from, target.get()));
    }
    if (sessions.stream().anyMatch(session -> session.contains(to))) {
      return List.of(new Say(from, 0, (FromRelay) new TargetBusy()));
    }
    part(from);
    sessions.add(Set.of(from, to));
    return List.of(tell(from, target.get()), tell(to, asker.get()));
  }

  private static Say tell(Endpoint to, Entry about) {
    return new Say(to, 0, new PeerInfo(about.address(), about.name()));
  }

  private Optional<Entry> at(Endpoint address) {
    return entries.stream().filter(e -> e.address().equals(address)).findFirst();
  }

  private void forget(Entry entry) {
    part(entry.address());
    entries.remove(entry);
  }

  private void part(Endpoint address) {
    sessions.removeIf(session -> session.contains(address));
  }
}
