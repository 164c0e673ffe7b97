package dev.knothole.protocol.link;

import dev.knothole.protocol.link.crypto.HandshakeKeys;
import dev.knothole.protocol.link.crypto.RetryTokens;
import dev.knothole.protocol.link.crypto.Role;
import dev.knothole.protocol.link.wire.Frame;
import dev.knothole.protocol.link.wire.FrameWriter;
import dev.knothole.protocol.link.wire.IncomingPacket;
import dev.knothole.protocol.link.wire.Layout;
import dev.knothole.protocol.link.wire.OutgoingPacket;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Answers strangers without remembering them: "come again with this token", or "no". Each answer
/// is much smaller than the packet it answers.
final class Doorkeeper {
  /// Answers that wait to be sent; one more pushes the oldest out.
  private static final int MAX_ANSWERS = 64;

  private static final int MAX_ANSWER_BYTES = 512;
  private static final int TOKEN_KEY_BYTES = 32;

  private record Answer(Route route, byte[] bytes, int length) {}

  private final SecureRandom random;
  private final RetryTokens tokens;
  private final ArrayDeque<Answer> answers = new ArrayDeque<>(1);

  Doorkeeper(SecureRandom random) {
    this.random = random;
    byte[] key = new byte[TOKEN_KEY_BYTES];
    random.nextBytes(key);
    tokens = new RetryTokens(key);
  }

  /// Whether an Initial packet brings a token that was issued to where it comes from.
  boolean knows(IncomingPacket initial, Route from, long now) {
    return tokens.isValid(initial.token(), from.encoded(), initial.destination(), now);
  }

  void askToRetry(IncomingPacket initial, Route from, long now) {
    long id = random.nextLong();
    var packet = new OutgoingPacket(new byte[MAX_ANSWER_BYTES]);
    packet
        .beginRetry(0, MAX_ANSWER_BYTES, initial.source(), id)
        .put(tokens.issue(from.encoded(), id, now));
    seal(packet, initial, from);
  }

  void refuse(IncomingPacket initial, Route from, long code, String reason) {
    var packet = new OutgoingPacket(new byte[MAX_ANSWER_BYTES]);
    var frames =
        packet.beginClose(
            0,
            MAX_ANSWER_BYTES,
            /* destination= */ initial.source(),
            /* source= */ initial.destination());
    FrameWriter.frame(frames, new Frame.Close(code, reason));
    seal(packet, initial, from);
  }

  private void seal(OutgoingPacket packet, IncomingPacket initial, Route from) {
    new HandshakeKeys(Role.SERVER, initial.destination()).seal(packet);
    if (answers.size() == MAX_ANSWERS) {
      answers.removeFirst();
    }
    answers.addLast(new Answer(from, packet.bytes(), packet.end()));
  }

  /// @return false when there is nothing to answer
  boolean transmit(Transmission out) {
    @Nullable Answer answer = answers.pollFirst();
    if (answer == null) {
      return false;
    }
    out.whole(answer.route(), answer.bytes(), answer.length());
    return true;
  }

  /// Whether a packet is large enough to be answered: it proves that the path carries such
  /// datagrams, and makes the answer the smaller of the two (RFC 9000, section 14.1).
  static boolean mayAnswer(IncomingPacket initial) {
    return initial.length() >= Layout.MIN_INITIAL_DATAGRAM;
  }
}
