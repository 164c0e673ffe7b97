package dev.knothole.relay;

import dev.knothole.protocol.link.handshake.Identity;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A relay at work: its sockets, and one daemon thread that serves them until [#close].
///
/// Answers leave through the socket that was asked. On a machine with several addresses of one
/// family a socket bound to all of them answers from the address that the system's routes choose,
/// which need not be the one that was asked; binding each address by itself avoids that.
public final class RelayServer implements AutoCloseable {
  public static final int DEFAULT_PORT = 3478;

  private final List<InetSocketAddress> addresses;
  private final Counters counters = new Counters();
  private final Attendant attendant;
  private final Thread thread;

  private RelayServer(List<Door> doors, Selector selector, Attendant.CoreMaker maker)
      throws IOException {
    this.addresses = addresses(doors);
    this.attendant = new Attendant(doors, selector, maker, counters);
    this.thread = Thread.ofPlatform().daemon().name("relay").unstarted(attendant);
  }

  /// Binds and serves, and forgets at its end whose each name was.
  ///
  /// @param port 0 for any that is free
  /// @param bind the addresses to listen on; none for all of this machine, IPv4 and IPv6
  /// @throws java.net.BindException when the port is taken, or an address is not this machine's
  public static RelayServer open(int port, List<InetAddress> bind, Rendezvous.Limits limits)
      throws IOException {
    var random = new SecureRandom();
    var identity = Identity.generate(random);
    return open(port, bind, sink -> RelayCore.forgetful(limits, identity, random, sink));
  }

  /// The same, with what is kept in a file.
  public static RelayServer open(
      int port, List<InetAddress> bind, Rendezvous.Limits limits, RelayFile file)
      throws IOException {
    var random = new SecureRandom();
    var identity = file.identity(random);
    var names = file.names();
    return open(port, bind, sink -> new RelayCore(limits, identity, names, random, sink));
  }

  private static RelayServer open(int port, List<InetAddress> bind, Attendant.CoreMaker maker)
      throws IOException {
    var doors = doors(port, bind);
    Selector selector = null;
    try {
      selector = Selector.open();
      var server = new RelayServer(doors, selector, maker);
      server.thread.start();
      return server;
    } catch (IOException | RuntimeException e) {
      Attendant.closeAll(doors, selector);
      throw e;
    }
  }

  private static List<Door> doors(int port, List<InetAddress> bind) throws IOException {
    var doors = new ArrayList<Door>();
    try {
      if (bind.isEmpty()) {
        doors.add(Door.everywhere(port));
      }
      for (var address : withoutCovered(bind)) {
        int chosen = doors.isEmpty() ? port : doors.getFirst().address().getPort();
        doors.add(Door.at(address, chosen));
      }
      return doors;
    } catch (IOException | RuntimeException e) {
      Attendant.closeAll(doors, null);
      throw e;
    }
  }

  /// A socket on the IPv6 wildcard hears IPv4 too, and would stand in the way of one of its own.
  private static List<InetAddress> withoutCovered(List<InetAddress> bind) {
    boolean everywhere =
        bind.stream().anyMatch(a -> a instanceof Inet6Address && a.isAnyLocalAddress());
    return bind.stream()
        .distinct()
        .filter(a -> !everywhere || (a instanceof Inet6Address && a.isAnyLocalAddress()))
        .toList();
  }

  private static List<InetSocketAddress> addresses(List<Door> doors) throws IOException {
    var addresses = new ArrayList<InetSocketAddress>();
    for (var door : doors) {
      addresses.add(door.address());
    }
    return List.copyOf(addresses);
  }

  /// What it listens on.
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  public Traffic traffic() {
    return counters.snapshot();
  }

  /// Waits for the end of the relay. It comes through [#close], or when the JVM is out of memory.
  ///
  /// @return whether it came
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return thread.join(atMost);
  }

  public boolean isClosed() {
    return attendant.isDismissed();
  }

  /// Stops serving and frees the port before it returns.
  @Override
  public void close() {
    attendant.dismiss();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
