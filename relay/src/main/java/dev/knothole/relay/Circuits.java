package dev.knothole.relay;

import java.util.Locale;

/// What clients with a link have and had of this relay.
///
/// @param signedIn clients with a name, over a link, now
/// @param open circuits between two of them, now
/// @param forwarded datagrams that went through
/// @param forwardedBytes what was in them
/// @param tooMuch datagrams beyond the sender's allowance
/// @param nowhere datagrams of no circuit of their sender
public record Circuits(
    int signedIn, int open, long forwarded, long forwardedBytes, long tooMuch, long nowhere) {
  static final Circuits NONE = new Circuits(0, 0, 0, 0, 0, 0);

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d signed in, %,d circuits, %,d datagrams of %,d bytes forwarded, %,d beyond the"
            + " allowance, %,d for no circuit",
        signedIn,
        open,
        forwarded,
        forwardedBytes,
        tooMuch,
        nowhere);
  }
}
