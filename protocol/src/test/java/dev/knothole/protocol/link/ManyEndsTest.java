package dev.knothole.protocol.link;

import org.junit.jupiter.api.Test;

/// Worlds of many links; [Seeds] tells how to play others, or one alone.
final class ManyEndsTest {
  private static final int SEEDS = 6;

  @Test
  void fifty_links_do_not_disturb_each_other() {
    Seeds.play(SEEDS, ManyEnds::established);
  }
}
