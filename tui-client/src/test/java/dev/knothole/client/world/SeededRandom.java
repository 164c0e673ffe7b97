package dev.knothole.client.world;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Randomness that a seed repeats, for whoever insists on the secure kind.
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private final transient SplittableRandom random;

  public SeededRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public int nextInt() {
    return random.nextInt();
  }
}
