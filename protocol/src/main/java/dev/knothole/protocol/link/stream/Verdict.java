package dev.knothole.protocol.link.stream;

/// What became of something a peer sent.
public enum Verdict {
  ACCEPTED(0, "accepted"),

  /// No buffer, or too many holes. Nothing happened; the packet must not be acknowledged, so that
  /// the peer sends its content again.
  NO_ROOM(0, "no room"),

  FLOW_CONTROL_ERROR(0x03, "more bytes than allowed"),
  STREAM_LIMIT_ERROR(0x04, "more streams than allowed"),
  STREAM_STATE_ERROR(0x05, "a stream that nobody opened"),
  FINAL_SIZE_ERROR(0x06, "a stream of another size than it had"),
  FRAME_ENCODING_ERROR(0x07, "a number beyond its range");

  private final int code;
  private final String reason;

  Verdict(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /// Whether the connection must be closed, with this code and reason (RFC 9000, section 20.1).
  public boolean isViolation() {
    return code != 0;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}
