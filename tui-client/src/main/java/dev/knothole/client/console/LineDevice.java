package dev.knothole.client.console;

import java.util.List;

/// Where lines come from and go to.
interface LineDevice extends AutoCloseable {
  /// Begins to read, on a thread of its own.
  void start();

  /// Whether what is typed is on the screen already.
  boolean echoes();

  void print(String text);

  /// @param names of those one could mean, for completion
  void prompt(String prompt, List<String> names);

  @Override
  void close();
}
