package dev.knothole.client.world;

import dev.knothole.protocol.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A router that shares one public address among the hosts behind it, in the terms of RFC 4787.
public final class SimulatedNat {
  /// Which packets of a host leave from the same public port (RFC 4787, section 4.1).
  public enum Mapping {
    /// All of one port.
    ENDPOINT_INDEPENDENT,
    /// Those to one address.
    ADDRESS_DEPENDENT,
    /// Those to one address and port.
    ADDRESS_AND_PORT_DEPENDENT;

    private List<Object> relevant(Endpoint remote) {
      return switch (this) {
        case ENDPOINT_INDEPENDENT -> List.of();
        case ADDRESS_DEPENDENT -> List.of(remote.address());
        case ADDRESS_AND_PORT_DEPENDENT -> List.of(remote.address(), remote.port());
      };
    }
  }

  /// Whose packets come in (RFC 4787, section 5).
  public enum Filtering {
    /// Anybody's.
    ENDPOINT_INDEPENDENT,
    /// Those from an address that the host has sent to.
    ADDRESS_DEPENDENT,
    /// Those from an address and port that the host has sent to.
    ADDRESS_AND_PORT_DEPENDENT;

    private List<Object> relevant(Endpoint remote) {
      return switch (this) {
        case ENDPOINT_INDEPENDENT -> List.of();
        case ADDRESS_DEPENDENT -> List.of(remote.address());
        case ADDRESS_AND_PORT_DEPENDENT -> List.of(remote.address(), remote.port());
      };
    }
  }

  /// Which public port a mapping gets.
  public enum Ports {
    /// The host's own, while it is free.
    KEPT,
    RANDOM
  }

  /// Whether a host reaches another one behind the same NAT by its public address.
  public enum Hairpin {
    YES,
    NO
  }

  /// @param timeout how long a mapping and a permission live after the last packet out; 30 s is
  ///     what impatient home routers do, though RFC 4787 asks for two minutes
  public record Behaviour(
      Mapping mapping, Filtering filtering, Ports ports, Hairpin hairpin, Duration timeout) {
    public static final Behaviour HOME =
        new Behaviour(
            Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT, Ports.KEPT);

    public Behaviour(Mapping mapping, Filtering filtering, Ports ports) {
      this(mapping, filtering, ports, Hairpin.NO, Duration.ofSeconds(30));
    }

    @Override
    public String toString() {
      return mapping + "/" + filtering + "/" + ports + "/hairpin " + hairpin;
    }
  }

  /// What a mapping is found by on the way out; how much of the remote side counts depends on the
  /// behaviour.
  private record Key(Endpoint host, List<Object> remote) {}

  private record Permission(Endpoint host, List<Object> remote) {}

  private record Mapped(Endpoint host, int port) {}

  private final SimulatedInternet internet;
  private final InetAddress publicAddress;
  private final Behaviour behaviour;
  private final RandomGenerator random;
  private final Inside inside = new Inside();
  private final Map<Key, Mapped> mappings = new HashMap<>();
  private final Map<Integer, Endpoint> hosts = new HashMap<>();
  private final Map<Integer, Instant> lastUsed = new HashMap<>();
  private final Map<Permission, Instant> permissions = new HashMap<>();
  private int insideHosts = 1;

  SimulatedNat(
      SimulatedInternet internet,
      InetAddress publicAddress,
      Behaviour behaviour,
      RandomGenerator random) {
    this.internet = internet;
    this.publicAddress = publicAddress;
    this.behaviour = behaviour;
    this.random = random;
  }

  /// Whether two clients behind such NATs must find a direct path by plain punching: each knows the
  /// port that the other's NAT uses towards the relay, and learns others only from what comes in.
  ///
  /// Two endpoint-independent mappings: both sides send to the right port, and thereby permit the
  /// other. One of them: the other comes from a port that nobody could name, so our filter must not
  /// ask for the port. None: that holds for both filters, and one side must at least use the same
  /// port for all ports of the other, or each answer comes from yet another one.
  public static boolean directPathPossible(Behaviour a, Behaviour b) {
    boolean easyA = a.mapping == Mapping.ENDPOINT_INDEPENDENT;
    boolean easyB = b.mapping == Mapping.ENDPOINT_INDEPENDENT;
    boolean openA = a.filtering != Filtering.ADDRESS_AND_PORT_DEPENDENT;
    boolean openB = b.filtering != Filtering.ADDRESS_AND_PORT_DEPENDENT;
    if (easyA || easyB) {
      return (easyB || openA) && (easyA || openB);
    }
    boolean steady =
        a.mapping == Mapping.ADDRESS_DEPENDENT || b.mapping == Mapping.ADDRESS_DEPENDENT;
    return openA && openB && steady;
  }

  InetAddress publicAddress() {
    return publicAddress;
  }

  Inside inside() {
    return inside;
  }

  private void outbound(Endpoint from, Endpoint to, byte[] bytes) {
    boolean hairpin = to.address().equals(publicAddress);
    if (hairpin && behaviour.hairpin == Hairpin.NO) {
      return;
    }
    Endpoint source = new Endpoint(publicAddress, mapped(from, to).port);
    permissions.put(permission(from, to), internet.now());
    if (hairpin) {
      internet.after(Inside.LATENCY, () -> inbound(source, to, bytes));
    } else {
      internet.carry(source, to, bytes);
    }
  }

  void inbound(Endpoint from, Endpoint to, byte[] bytes) {
    Endpoint host = hosts.get(to.port());
    if (host != null && isAlive(lastUsed.get(to.port())) && permits(host, from)) {
      inside.arrive(from, host, bytes);
    }
  }

  private Mapped mapped(Endpoint from, Endpoint to) {
    Key key = new Key(from, behaviour.mapping.relevant(to));
    Mapped mapped = mappings.get(key);
    if (mapped == null || !isAlive(lastUsed.get(mapped.port))) {
      mapped = new Mapped(from, freePort(from.port()));
      mappings.put(key, mapped);
      hosts.put(mapped.port, from);
    }
    lastUsed.put(mapped.port, internet.now());
    return mapped;
  }

  private int freePort(int wish) {
    int port = behaviour.ports == Ports.KEPT ? wish : randomPort();
    while (isAlive(lastUsed.get(port))) {
      port = randomPort();
    }
    return port;
  }

  private int randomPort() {
    return 1024 + random.nextInt(65536 - 1024);
  }

  private boolean permits(Endpoint host, Endpoint from) {
    return behaviour.filtering == Filtering.ENDPOINT_INDEPENDENT
        || isAlive(permissions.get(permission(host, from)));
  }

  private Permission permission(Endpoint host, Endpoint remote) {
    return new Permission(host, behaviour.filtering.relevant(remote));
  }

  private boolean isAlive(@Nullable Instant used) {
    return used != null && internet.now().isBefore(used.plus(behaviour.timeout));
  }

  /// The network behind this NAT.
  final class Inside extends Place {
    static final Duration LATENCY = Duration.ofMillis(1);

    @Override
    void carry(Endpoint from, Endpoint to, byte[] bytes) {
      if (holds(to)) {
        byte[] copy = bytes.clone();
        internet.after(LATENCY, () -> arrive(from, to, copy));
      } else {
        outbound(from, to, bytes);
      }
    }

    @Override
    InetAddress nextAddress() {
      insideHosts++;
      return InetAddress.ofLiteral("192.168.1." + insideHosts);
    }

    @Override
    SimulatedInternet internet() {
      return internet;
    }
  }
}
