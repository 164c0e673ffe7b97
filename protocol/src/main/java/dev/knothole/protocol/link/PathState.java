package dev.knothole.protocol.link;

import dev.knothole.protocol.link.recovery.Flight;
import dev.knothole.protocol.link.recovery.MtuSearch;
import dev.knothole.protocol.link.recovery.Pacer;
import java.util.random.RandomGenerator;

/// What is known of the path that packets are sent over: its delay, its capacity, its largest
/// datagram. Each switch makes a new one, because what held for one path says nothing about another
/// (RFC 9000, section 9.4).
final class PathState {
  private final Flight flight;
  private final Pacer pacer;
  private final MtuSearch mtu;

  PathState(Congestion congestion, Route route, RandomGenerator random, long now) {
    var controller = congestion.controller(MtuSearch.BASE, random);
    flight = new Flight(controller);
    pacer = new Pacer(controller, MtuSearch.BASE, now);
    mtu = new MtuSearch(route.maxDatagram(), now);
  }

  Flight flight() {
    return flight;
  }

  MtuSearch mtu() {
    return mtu;
  }

  /// Nanoseconds.
  long smoothedRtt() {
    return flight.rtt().smoothed();
  }

  boolean hasRoom(int bytes) {
    return flight.hasRoom(bytes);
  }

  long nextSend(int bytes, long now) {
    return pacer.nextSend(bytes, now);
  }

  /// How many bytes are worth waiting for, so that a batch leaves with one call of the system: as
  /// much as pacing lets go at once, and not so much of the window that the path runs dry
  /// meanwhile.
  int batch(int most) {
    long ofWindow = flight.controller().window() / 4;
    return (int) Math.min(Math.min(most, pacer.batch()), ofWindow);
  }

  /// Whether the window will have room for a batch when some of what is on its way is acknowledged.
  boolean opensFor(int batch) {
    return flight.room() < batch && flight.inFlight() >= 2L * batch;
  }

  void sent(int bytes, long now) {
    pacer.sent(bytes, now);
  }

  void probeAcked(long now) {
    mtu.probeAcked(now);
    tellDatagramSize();
  }

  /// A packet that was no probe arrived.
  void acked(long packet, int size, long now) {
    if (mtu.acked(packet, size, now)) {
      tellDatagramSize();
    }
  }

  private void tellDatagramSize() {
    flight.controller().datagramSize(mtu.current());
    pacer.datagramSize(mtu.current());
  }
}
