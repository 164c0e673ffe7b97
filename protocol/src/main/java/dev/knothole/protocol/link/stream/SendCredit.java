package dev.knothole.protocol.link.stream;

/// How many bytes of all streams together the peer still takes.
///
/// A little of it is kept for what is urgent, or a file could use up the credit that the next chat
/// message needs. It is kept below half of the least window a peer has, at which the peer raises
/// the limit: so the others never wait for credit that the peer thinks is still there.
final class SendCredit {
  private static final long MAX_RESERVE = 8 << 10;

  private long limit;
  private long used;
  private long reserve;
  private long blockedAt = -1;

  void start(long initial) {
    limit = Math.max(limit, initial);
    reserve = Math.min(MAX_RESERVE, initial / 4);
  }

  void raise(long raised) {
    limit = Math.max(limit, raised);
  }

  long of(Priority priority) {
    return Math.max(0, limit - used - (priority == Priority.URGENT ? 0 : reserve));
  }

  void use(long bytes) {
    used += bytes;
  }

  /// @return whether the peer does not know it yet
  boolean block() {
    boolean isNews = blockedAt != limit;
    blockedAt = limit;
    return isNews;
  }

  long limit() {
    return limit;
  }

  long used() {
    return used;
  }
}
