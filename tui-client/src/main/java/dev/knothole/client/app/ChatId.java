package dev.knothole.client.app;

import dev.knothole.client.peer.PeerId;

/// Which chat: the program's own page, or the one with a peer.
public sealed interface ChatId {
  /// Where the program itself talks: help, errors that belong to no chat, what the relay does.
  record Home() implements ChatId {
    @Override
    public String toString() {
      return "knothole";
    }
  }

  record With(PeerId peer) implements ChatId {
    @Override
    public String toString() {
      return peer.toString();
    }
  }
}
