package dev.knothole.protocol.link;

import java.util.OptionalLong;

/// One way to the peer, and whether it is proven: by a challenge that came back over it.
///
/// Challenges are repeated, each time after twice as long, and carry consecutive numbers, so that
/// the answer tells which of them it answers. Only the two ends can read them.
final class Path {
  static final long NEVER = Long.MAX_VALUE;

  /// RFC 9000, section 8.1.
  private static final int AMPLIFICATION = 3;

  /// The least delay between two challenges; less than most round trips that matter.
  private static final long FIRST_WAIT = 100_000_000;

  /// The last one goes 3.1 seconds after the first, and is waited for as long again.
  private static final int MAX_CHALLENGES = 6;

  private final Route route;
  private boolean offered;
  private boolean proven;
  private long allowance;
  private long newestPacket = -1;
  private long rebindingSince = -1;

  private long firstToken;
  private int asked;
  private final long[] askedAt = new long[MAX_CHALLENGES];
  private long nextAskAt = NEVER;

  private boolean owesResponse;
  private long response;

  /// @param offered whether the application asked for it; else a packet of the peer came over it
  Path(Route route, boolean offered) {
    this.route = route;
    this.offered = offered;
  }

  Route route() {
    return route;
  }

  boolean isOffered() {
    return offered;
  }

  boolean isProven() {
    return proven;
  }

  /// The application wants it, whoever used it first.
  void offer() {
    offered = true;
  }

  void prove() {
    proven = true;
  }

  /// Bytes came from there; whoever sent them may be lying about the address.
  void received(int bytes) {
    allowance += (long) AMPLIFICATION * bytes;
  }

  /// Whether so many bytes may be sent there now: any to who proved the address or was chosen by
  /// us, to others three times what came from there.
  boolean allows(int bytes) {
    return proven || offered || bytes <= allowance;
  }

  void sent(int bytes) {
    allowance -= bytes;
  }

  /// The newest Data packet that came over it.
  long newestPacket() {
    return newestPacket;
  }

  void newest(long packet) {
    newestPacket = packet;
  }

  /// The challenge is there because this packet came over it, newer than any other.
  void rebinding(long packet) {
    rebindingSince = packet;
  }

  long rebindingSince() {
    return rebindingSince;
  }

  boolean isChallenging() {
    return nextAskAt != NEVER;
  }

  void challenge(long token, long now) {
    firstToken = token;
    asked = 0;
    nextAskAt = now;
  }

  /// When a challenge is due, or has failed.
  long challengeAt() {
    return nextAskAt;
  }

  boolean hasFailed(long now) {
    return asked == MAX_CHALLENGES && now >= nextAskAt;
  }

  void giveUp() {
    nextAskAt = NEVER;
  }

  boolean owesChallenge(long now) {
    return asked < MAX_CHALLENGES && now >= nextAskAt;
  }

  /// The token of the challenge that is being sent now.
  long nextChallenge(long now) {
    askedAt[asked] = now;
    nextAskAt = now + (FIRST_WAIT << asked);
    return firstToken + asked++;
  }

  /// Takes an answer that came over this path.
  ///
  /// @return the round trip, if it answers a challenge
  OptionalLong answered(long token, long now) {
    long which = token - firstToken;
    if (!isChallenging() || which < 0 || which >= asked) {
      return OptionalLong.empty();
    }
    nextAskAt = NEVER;
    proven = true;
    return OptionalLong.of(now - askedAt[(int) which]);
  }

  /// The peer challenges this path; of several challenges the newest is answered.
  void oweResponse(long token) {
    owesResponse = true;
    response = token;
  }

  boolean owesResponse() {
    return owesResponse;
  }

  long takeResponse() {
    owesResponse = false;
    return response;
  }
}
