package dev.knothole.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void a_burst_passes_at_once_but_for_what_is_kept_for_small_datagrams() {
    var bucket = new TokenBucket(1_000, 10_000, 0);
    int passed = 0;
    while (bucket.take(500, 0)) {
      passed++;
    }
    assertEquals(15, passed);
    assertTrue(bucket.take(TokenBucket.SMALL_BYTES, 0));
  }

  @Test
  void in_the_long_run_as_much_passes_as_is_allowed_a_second() {
    var bucket = new TokenBucket(1_000, 10_000, 0);
    int passed = 0;
    for (int ms = 0; ms < 100_000; ms++) {
      passed += bucket.take(500, ms * SECOND / 1_000) ? 500 : 0;
    }
    assertEquals(107_500, passed, 1_000);
  }

  @Test
  void a_clock_that_goes_back_gives_nothing() {
    var bucket = new TokenBucket(1_000, 1_000, 10 * SECOND);
    assertTrue(bucket.take(300, 10 * SECOND));
    assertTrue(bucket.take(300, 5 * SECOND));
    assertTrue(bucket.take(300, 5 * SECOND));
    assertFalse(bucket.take(300, 0));
  }
}
