package dev.knothole.client.shell;

import dev.knothole.client.app.AppState;
import dev.knothole.client.app.FrontEnd;
import dev.knothole.client.console.Console;
import dev.knothole.client.console.ConsoleInput;
import dev.knothole.client.store.Folders;
import dev.knothole.client.ui.Tui;
import dev.knothole.client.ui.term.NoTerminal;
import dev.knothole.client.ui.term.TermEvent;
import dev.knothole.protocol.Username;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinylog.Logger;

/// One run of the client, on the full screen or line by line.
public final class Program {
  private final Folders folders;
  private final boolean debug;
  private final ZoneId zone = ZoneId.systemDefault();

  /// @param debug whether to log more
  public Program(Folders folders, boolean debug) {
    this.folders = folders;
    this.debug = debug;
  }

  /// The first picture is on the screen before the settings, and with them the heavy libraries, are
  /// loaded. Without a terminal it runs line by line.
  ///
  /// @param name what to show until the settings are there
  /// @return the exit status
  public int fullScreen(Username name, Callable<Settings> settings) throws Exception {
    var session = new Session<TermEvent>();
    try (var tui = Tui.open(zone, session::input)) {
      tui.show(AppState.beforeTheStart(name, Instant.now()));
      return talk(session, settings.call(), tui);
    } catch (NoTerminal e) {
      return console(settings.call());
    }
  }

  /// @return the exit status
  public int console(Settings settings) throws IOException, InterruptedException {
    var session = new Session<ConsoleInput>();
    try (var console = Console.open(isInteractive(), zone, session::input)) {
      return talk(session, settings, console);
    }
  }

  /// A pipe on either side means that a script is talking.
  private static boolean isInteractive() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  private <I> int talk(Session<I> session, Settings settings, FrontEnd<I> frontEnd)
      throws IOException, InterruptedException {
    LogFile.open(folders, debug);
    try {
      return session.run(settings, frontEnd);
    } catch (RuntimeException | Error e) {
      Logger.error(e, "the client failed");
      throw new IOException(
          "Something went wrong inside (" + e + "). The details are in " + folders.logFile() + ".",
          e);
    }
  }
}
