package dev.knothole.client.shell;

import dev.knothole.client.store.Folders;
import java.io.IOException;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;

/// The log goes to a file, never to the screen. It holds no text of a chat, and addresses only at
/// debug level.
final class LogFile {
  private LogFile() {}

  /// To be called before anything is logged.
  static void open(Folders folders, boolean debug) throws IOException {
    folders.makeLogFile();
    // Not the writing thread: it would lose lines when the process is ended.
    Configuration.set("writingthread", "false");
    // Nothing is buffered, so nothing needs closing, and the last words of a shutdown are kept.
    Configuration.set("autoshutdown", "false");
    Configuration.set("writer", "shared file");
    Configuration.set("writer.file", folders.logFile().toString());
    Configuration.set("writer.append", "true");
    Configuration.set("writer.level", debug ? "debug" : "info");
    Configuration.set(
        "writer.format", "{date: yyyy-MM-dd HH:mm:ss.SSS} {pid} {level} {class-name}: {message}");
    // Loads the logger now: during a shutdown it would be too late.
    Logger.info("started");
  }
}
