package dev.knothole.protocol.link;

import dev.knothole.protocol.link.handshake.HandshakeFailure;
import dev.knothole.protocol.link.stream.Verdict;
import dev.knothole.protocol.link.wire.Frame;
import java.nio.charset.StandardCharsets;

/// Why a connection is over.
///
/// @param code those of RFC 9000, section 20.1, for the link itself, [#CODE_HANDSHAKE] with the
///     reasons of the handshake above it, and from [#CODE_APPLICATION] on what the application
///     means
/// @param text for people and logs, at most [Frame.Close#MAX_REASON_BYTES] of UTF-8
/// @param by who ended it
public record CloseReason(long code, String text, By by) {
  public static final long CODE_NONE = 0x00;
  public static final long CODE_REFUSED = 0x02;
  public static final long CODE_FRAME_ENCODING = 0x07;
  public static final long CODE_PROTOCOL_VIOLATION = 0x0A;
  public static final long CODE_HANDSHAKE_TOO_LONG = 0x0D;
  public static final long CODE_EXHAUSTED = 0x0F;

  /// Plus the place of the reason in [HandshakeFailure].
  public static final long CODE_HANDSHAKE = 0x100;

  public static final long CODE_VERSION = 0x1FF;

  /// The application's own codes begin here.
  public static final long CODE_APPLICATION = 0x1000;

  /// Who ended a connection.
  public enum By {
    /// The application, or the link on its behalf.
    US,
    /// The peer said so.
    PEER,
    /// Nobody: the peer was not heard of any more.
    SILENCE
  }

  public CloseReason {
    text = cut(text);
  }

  static CloseReason us(long code, String text) {
    return new CloseReason(code, text, By.US);
  }

  static CloseReason of(Verdict verdict) {
    return us(verdict.code(), verdict.reason());
  }

  static CloseReason violation(String text) {
    return us(CODE_PROTOCOL_VIOLATION, text);
  }

  static CloseReason of(HandshakeFailure failure, String detail) {
    return us(code(failure), failure + ": " + detail);
  }

  static CloseReason silence(String text) {
    return new CloseReason(CODE_NONE, text, By.SILENCE);
  }

  static CloseReason peer(Frame.Close frame) {
    return new CloseReason(frame.code(), frame.reason(), By.PEER);
  }

  Frame.Close frame() {
    return new Frame.Close(code, text);
  }

  /// The code that tells this failure.
  public static long code(HandshakeFailure failure) {
    return CODE_HANDSHAKE
        + switch (failure) {
          case WRONG_PEER -> 0;
          case NO_CERTIFICATE -> 1;
          case UNSUITABLE_CERTIFICATE -> 2;
          case WRONG_VERSION -> 3;
          case KEM -> 4;
          case KEYS_DIFFER -> 5;
          case REFUSED_BY_PEER -> 6;
          case TLS -> 7;
          case MALFORMED -> 8;
        };
  }

  /// Cut between characters to what a frame carries.
  private static String cut(String text) {
    int end = text.length();
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length
        > Frame.Close.MAX_REASON_BYTES) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
