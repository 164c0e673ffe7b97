package dev.knothole.client.ui.term;

/// There is no terminal that a full screen could be drawn on; the message tells the user why and
/// what to do.
public final class NoTerminal extends Exception {
  private static final long serialVersionUID = 1;

  NoTerminal(String reason) {
    super(reason + "; use --console for the line-by-line client");
  }
}
