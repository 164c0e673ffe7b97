package dev.knothole.protocol.link;

import dev.knothole.protocol.link.recovery.Bbr;
import dev.knothole.protocol.link.recovery.CongestionController;
import dev.knothole.protocol.link.recovery.Cubic;
import java.util.random.RandomGenerator;

/// Which algorithm decides how much may be in flight.
public enum Congestion {
  /// Backs off at every loss (RFC 9438).
  CUBIC,
  /// Sends at the rate that the path delivers (draft-ietf-ccwg-bbr).
  BBR;

  CongestionController controller(int datagramBytes, RandomGenerator random) {
    return switch (this) {
      case CUBIC -> new Cubic(datagramBytes);
      case BBR -> new Bbr(datagramBytes, random);
    };
  }
}
