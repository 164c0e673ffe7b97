package dev.knothole.protocol;

/// Bytes from a stranger that are not what they should be. The only sensible reaction is to drop
/// them, so it carries no stack trace: a flood of garbage must stay cheap.
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessage(String reason) {
    super(reason, null, false, false);
  }
}
