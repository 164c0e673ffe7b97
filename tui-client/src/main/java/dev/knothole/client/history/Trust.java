package dev.knothole.client.history;

/// How well a contact's key is known.
public enum Trust {
  /// Seen for the first time, in this chat.
  NEW,
  /// The same as the time before.
  KNOWN,
  /// Compared by voice, word by word.
  VERIFIED
}
