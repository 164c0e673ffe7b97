package dev.knothole.protocol.link;

import org.junit.jupiter.api.Test;

/// Thousands of worlds; [Seeds] tells how to play others, or one alone.
final class TwoEndsTest {
  private static final int SEEDS = 1_000;
  private static final int HANDSHAKES = 30;

  @Test
  void two_ends_understand_each_other_whatever_lies_between_them() {
    Seeds.play(SEEDS, TwoEnds::established);
  }

  @Test
  void they_do_from_the_first_packet_on() {
    Seeds.play(HANDSHAKES, TwoEnds::shakingHands);
  }
}
