package dev.knothole.client.app;

import java.util.List;

/// What a person looks at and types into: the border between the client and a terminal.
///
/// @param <I> what the person's device reports
public interface FrontEnd<I> extends AutoCloseable {
  /// How it gets what the user says.
  Hands hands();

  /// What an input means, given what is on the screen. May act on the device itself, when it is
  /// about the device alone (repaint, suspend).
  List<Event> read(I input, AppState state);

  /// A line has come to a chat.
  void appended(AppState state, ChatId chat, Line line);

  /// The state may have changed: show it.
  ///
  /// @return whether the device took it; if not, it is to be shown again later
  boolean show(AppState state);

  /// Gives the device back as it was found. May be called again.
  @Override
  void close();
}
