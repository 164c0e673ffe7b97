package dev.knothole.protocol.link;

import dev.knothole.protocol.link.sim.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Somebody on the way without keys: flips, cuts, splices, holds back and repeats the datagrams
/// that pass.
final class Mangler implements Host.Wiretap {
  private static final int MOST_KEPT = 64;

  private final Host host;
  private final Choices choices;
  private final List<byte[]> kept = new ArrayList<>();

  Mangler(Host host, Choices choices) {
    this.host = host;
    this.choices = choices;
  }

  @Override
  public boolean passes(Way to, byte[] datagram) {
    keep(datagram);
    switch (choices.next(16)) {
      case 0 -> host.inject(to, flipped(datagram.clone()));
      case 1 -> host.inject(to, Arrays.copyOf(datagram, choices.next(datagram.length)));
      case 2 -> host.inject(to, spliced(datagram, any()));
      case 3 -> host.inject(to, joined(any(), datagram));
      case 4 -> {
        host.inject(to, any());
        return true;
      }
      case 5 -> {
        host.inject(to, flipped(any()));
        return true;
      }
      case 6 -> {}
      default -> {
        return true;
      }
    }
    return false;
  }

  private void keep(byte[] datagram) {
    if (kept.size() < MOST_KEPT) {
      kept.add(datagram.clone());
    } else {
      kept.set(choices.next(MOST_KEPT), datagram.clone());
    }
  }

  private byte[] any() {
    return kept.get(choices.next(kept.size())).clone();
  }

  private byte[] flipped(byte[] bytes) {
    for (int bits = 1 + choices.next(4); bits > 0; bits--) {
      bytes[choices.next(bytes.length)] ^= (byte) (1 << choices.next(8));
    }
    return bytes;
  }

  /// The head of one and the tail of the other.
  private byte[] spliced(byte[] head, byte[] tail) {
    byte[] both = head.clone();
    int from = choices.next(Math.min(head.length, tail.length));
    System.arraycopy(tail, from, both, from, Math.min(head.length, tail.length) - from);
    return both;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
