package dev.knothole.protocol.link.sim;

import java.util.SplittableRandom;

/// What a path does to packets besides carrying them, each with a probability of its own.
///
/// @param loss a packet is lost by itself
/// @param burst a packet begins a burst of losses
/// @param burstLength packets in a burst
/// @param reorder a packet is held back for up to half its delay
/// @param duplicate a packet arrives twice
/// @param corrupt bits of a packet are flipped, or its tail is cut off
public record Trouble(
    double loss, double burst, int burstLength, double reorder, double duplicate, double corrupt) {
  public static final Trouble NONE = loss(0);

  public static Trouble loss(double loss) {
    return new Trouble(loss, 0, 0, 0, 0, 0);
  }

  public static Trouble corrupting(double corrupt) {
    return new Trouble(0, 0, 0, 0, 0, corrupt);
  }

  /// Some of everything, or of some of it.
  ///
  /// @param mostLoss up to which a packet is lost by itself
  public static Trouble any(double mostLoss, SplittableRandom random) {
    return new Trouble(
        sometimes(mostLoss, random),
        sometimes(0.02, random),
        random.nextInt(1, 20),
        sometimes(0.5, random),
        sometimes(0.2, random),
        sometimes(0.05, random));
  }

  private static double sometimes(double most, SplittableRandom random) {
    return random.nextBoolean() ? 0 : random.nextDouble(most);
  }
}
