package dev.knothole.protocol.link;

import dev.knothole.protocol.link.stream.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a Data packet carried, kept until its fate is known. Nearly all carry one thing.
final class PacketContent {
  static final long NOTHING = -1;

  /// What it was sent over.
  final PathState path;

  private @Nullable Sent first;
  private @Nullable List<Sent> more;

  /// The largest packet that its ACK frame acknowledged, or [#NOTHING].
  long acknowledges = NOTHING;

  /// The bytes of its datagram.
  int size;

  /// When the ping it carried was sent, or [#NOTHING].
  long pingSentAt = NOTHING;

  boolean handshakeDone;
  boolean mtuProbe;

  PacketContent(PathState path) {
    this.path = path;
  }

  void add(Sent sent) {
    if (first == null) {
      first = sent;
      return;
    }
    if (more == null) {
      more = new ArrayList<>(2);
    }
    more.add(sent);
  }

  /// How many things it carried.
  int count() {
    return first == null ? 0 : more == null ? 1 : 1 + more.size();
  }

  /// One of the things it carried, from 0 up to [#count()].
  Sent at(int i) {
    return i == 0 || more == null ? Objects.requireNonNull(first) : more.get(i - 1);
  }
}
