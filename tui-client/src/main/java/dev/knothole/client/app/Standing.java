package dev.knothole.client.app;

/// How well the key of the other side is known.
public enum Standing {
  /// Pinned in this run of the program.
  NEW("new"),
  /// The same as in an earlier one.
  KNOWN("known"),
  /// Compared by voice.
  VERIFIED("verified"),
  /// Another than the one that is pinned: nothing is said.
  CHANGED("KEY CHANGED");

  private final String tag;

  Standing(String tag) {
    this.tag = tag;
  }

  /// As it is shown, in brackets.
  public String tag() {
    return "[" + tag + "]";
  }
}
