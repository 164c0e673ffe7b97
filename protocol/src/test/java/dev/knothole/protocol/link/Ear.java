package dev.knothole.protocol.link;

import dev.knothole.protocol.link.stream.StreamEvent;
import dev.knothole.protocol.link.stream.Streams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An application that hears everything, and reads everything at once.
final class Ear {
  private final List<LinkEvent> heard = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Map<Long, ByteArrayOutputStream> read = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final byte[] scratch = new byte[64 << 10];

  void hear(Connection from, LinkEvent event) {
    heard.add(event);
    if (!connections.contains(from)) {
      connections.add(from);
    }
    if (event instanceof LinkEvent.OfStream(StreamEvent.Arrived(long stream))) {
      read(from, stream);
    }
  }

  private void read(Connection from, long stream) {
    int n = from.read(stream, scratch, 0, scratch.length);
    while (n > 0) {
      read.computeIfAbsent(stream, _ -> new ByteArrayOutputStream()).write(scratch, 0, n);
      n = from.read(stream, scratch, 0, scratch.length);
    }
    if (n == Streams.END) {
      ended.add(stream);
    }
  }

  void forget() {
    heard.clear();
    connections.clear();
    read.clear();
    ended.clear();
  }

  /// Those that told something, in the order in which they first did.
  List<Connection> connections() {
    return connections;
  }

  /// All events of a kind.
  <E extends LinkEvent> List<E> all(Class<E> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean heard(Class<? extends LinkEvent> kind) {
    return !all(kind).isEmpty();
  }

  /// Why the only connection is over, if it is.
  Optional<CloseReason> closed() {
    return all(LinkEvent.Closed.class).stream().map(LinkEvent.Closed::reason).findFirst();
  }

  /// What was read of a stream.
  byte[] bytes(long stream) {
    return read.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
  }

  String text(long stream) {
    return new String(bytes(stream), StandardCharsets.UTF_8);
  }

  /// Bytes of all streams.
  long total() {
    return read.values().stream().mapToLong(ByteArrayOutputStream::size).sum();
  }

  boolean ended(long stream) {
    return ended.contains(stream);
  }
}
