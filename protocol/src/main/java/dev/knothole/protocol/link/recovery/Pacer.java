package dev.knothole.protocol.link.recovery;

/// Spreads what the window allows over the round trip (RFC 9002, section 7.7): a bucket of bytes
/// that fills at the controller's rate and holds one burst.
public final class Pacer {
  /// What RFC 9002 lets leave at once.
  private static final int BURST_PACKETS = 10;

  /// Timers of a busy machine come up to a millisecond late, and batches wait for another one; the
  /// bucket makes up for it.
  private static final long BURST_TIME = 2 * RttEstimator.MILLISECOND;

  /// Two segmentation-offload batches; more would overrun the socket buffers of a small router.
  private static final int MAX_BURST = 128 * 1024;

  private final CongestionController controller;
  private int datagram;
  private double tokens;
  private long filledAt;

  public Pacer(CongestionController controller, int datagramSize, long now) {
    this.controller = controller;
    this.datagram = datagramSize;
    this.tokens = burst();
    this.filledAt = now;
  }

  public void datagramSize(int bytes) {
    datagram = bytes;
  }

  /// When so many bytes may leave: `now` if at once.
  public long nextSend(int bytes, long now) {
    long rate = controller.pacingRate();
    if (rate == 0) {
      return now;
    }
    fill(rate, now);
    double missing = Math.min(bytes, burst()) - tokens;
    return missing <= 0 ? now : now + (long) Math.ceil(missing * RttEstimator.SECOND / rate);
  }

  /// What is worth waiting for when there is much to send: half a bucket, so that the other half is
  /// left for late timers.
  public int batch() {
    return (int) burst() / 2;
  }

  /// So many bytes have left. The bucket may go into debt by a probe that did not ask.
  public void sent(int bytes, long now) {
    long rate = controller.pacingRate();
    if (rate > 0) {
      fill(rate, now);
      tokens = Math.max(tokens - bytes, -burst());
    }
  }

  private void fill(long rate, long now) {
    double earned = (double) Math.max(0, now - filledAt) * rate / RttEstimator.SECOND;
    tokens = Math.min(tokens + earned, burst());
    filledAt = Math.max(filledAt, now);
  }

  /// The most bytes that leave back to back.
  double burst() {
    double inBurstTime = (double) controller.pacingRate() * BURST_TIME / RttEstimator.SECOND;
    return Math.max(Math.min(inBurstTime, MAX_BURST), BURST_PACKETS * (double) datagram);
  }
}
