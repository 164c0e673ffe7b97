package dev.knothole.protocol.link.recovery;

/// The losses of one flight, from the first of them until a packet that left after it is
/// acknowledged (RFC 9002, section 7.3.2), and the state to return to should all prove false.
final class LossEpisode {
  private long beganAt = Long.MIN_VALUE;
  private long beganInRound;
  private boolean open;
  private boolean canUndo;
  private BbrState stateBefore = BbrState.STARTUP;

  /// @return whether a packet that left then begins an episode by being lost
  boolean isNew(long sentAt) {
    return sentAt > beganAt;
  }

  void begin(BbrState state, long round, long now) {
    beganAt = now;
    beganInRound = round;
    open = true;
    canUndo = true;
    stateBefore = state;
  }

  /// A packet that left then was acknowledged.
  void acked(long sentAt) {
    open &= sentAt <= beganAt;
  }

  /// Whether it has lasted into a later round than the one it began in.
  boolean isOpenAfterItsRound(long round) {
    return open && round > beganInRound;
  }

  /// These losses end start-up, which goes on should they prove false.
  void endsStartUp() {
    stateBefore = BbrState.STARTUP;
  }

  void forbidUndo() {
    canUndo = false;
  }

  /// @return whether there is something to take back
  boolean undo() {
    boolean undone = canUndo;
    canUndo = false;
    open &= !undone;
    return undone;
  }

  BbrState stateBefore() {
    return stateBefore;
  }
}
