package dev.knothole.protocol.link.udp;

import dev.knothole.protocol.link.CloseReason;
import java.io.IOException;

/// The link is over; it may have been closed by either end, or gone silent.
public final class LinkClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient CloseReason reason;

  LinkClosedException(CloseReason reason) {
    super(reason.by() + ": " + reason.text());
    this.reason = reason;
  }

  public CloseReason reason() {
    return reason;
  }
}
