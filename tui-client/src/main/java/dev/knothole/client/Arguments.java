package dev.knothole.client;

import dev.knothole.client.shell.Program;
import dev.knothole.client.shell.RelayAddress;
import dev.knothole.client.shell.Settings;
import dev.knothole.client.store.Config;
import dev.knothole.client.store.ConfigError;
import dev.knothole.client.store.ConfigFile;
import dev.knothole.client.store.Folders;
import dev.knothole.protocol.Username;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line.
@Command(
    name = "tui-client",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "A chat from terminal to terminal: it finds people by name at a relay, opens a way through both"
          + " routers and talks to them directly.",
      "",
      "Without --relay and without relays in the configuration file it uses the relay at"
          + " localhost:3478, and hosts one itself when none answers there.",
      ""
    },
    footer = {
      "",
      "In the program, /help lists what you can type and /help keys the keys.",
      "Exit status: 0 after an orderly end, 1 after an error, 2 after wrong usage,"
          + " 128 + n when signal n ended it."
    })
final class Arguments implements Callable<Integer> {
  private static final String NAME = "--name";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = NAME,
      paramLabel = "NAME",
      description = "What to be called at the relay. Default: your login name.")
  private @Nullable String name;

  @Option(
      names = "--relay",
      paramLabel = "HOST[:PORT]",
      description = "The relay to use; repeat it for more, best first. Default port: 3478.")
  private List<String> relays = List.of();

  @Option(
      names = "--connect",
      paramLabel = "NAME|HOST:PORT",
      description = "Open a chat at once: with somebody at the relay, or directly with an address.")
  private @Nullable String connect;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The local UDP port. Default: any free one.")
  private @Nullable Integer port;

  @Option(
      names = "--console",
      description = "Line by line instead of full screen; by itself when there is no terminal.")
  private boolean console;

  @Option(names = "--debug", description = "Write more into the log file.")
  private boolean debug;

  @Option(
      names = "--config-dir",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Where config.toml is. Default: the folder knothole under $XDG_CONFIG_HOME.")
  private @Nullable Path configDir;

  static CommandLine commandLine() {
    return new CommandLine(new Arguments()).setExecutionExceptionHandler(Arguments::failed);
  }

  @Override
  public Integer call() throws Exception {
    var program = new Program(folders(), debug);
    if (console) {
      return program.console(settings());
    }
    return program.fullScreen(nameFor(Config.EMPTY), this::settings);
  }

  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = "Writes a commented default config.toml; an existing one is left as it is.")
  int config() throws IOException {
    var file = folders().configFile();
    try {
      ConfigFile.create(folders());
      spec.commandLine().getOut().println("Wrote " + file + ".");
    } catch (FileAlreadyExistsException e) {
      spec.commandLine().getOut().println(file + " exists already; it was left as it is.");
    }
    return CommandLine.ExitCode.OK;
  }

  private Folders folders() {
    // The JVM's own idea of the home folder comes from the user database, unlike other programs'.
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    var folders = Folders.of(System.getenv(), Path.of(home));
    return configDir == null ? folders : folders.withConfig(configDir);
  }

  private Settings settings() {
    var config = config(folders().configFile());
    return new Settings(nameFor(config), relays(config), port(config), commands());
  }

  private Config config(Path file) {
    try {
      return ConfigFile.read(file);
    } catch (ConfigError e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Username nameFor(Config config) {
    String login = System.getProperty("user.name", "");
    String configured = config.name() == null ? login : config.name();
    return valid(NAME, () -> new Username(name == null ? configured : name));
  }

  private List<RelayAddress> relays(Config config) {
    List<String> configured = config.relays() == null ? List.of() : config.relays();
    List<String> chosen = relays.isEmpty() ? configured : relays;
    return chosen.stream().map(text -> valid("--relay", () -> RelayAddress.parse(text))).toList();
  }

  private int port(Config config) {
    int configured = config.port() == null ? 0 : config.port();
    int chosen = port == null ? configured : port;
    if (chosen < 0 || chosen > 65535) {
      throw new ParameterException(
          spec.commandLine(), "--port: " + chosen + " is not between 0 and 65535.");
    }
    return chosen;
  }

  private List<String> commands() {
    var commands = new ArrayList<String>();
    if (connect != null) {
      commands.add("/connect " + connect);
    }
    return commands;
  }

  private <T> T valid(String option, java.util.function.Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
    }
  }

  /// Whatever goes wrong at run time is one sentence for the user; the log has the rest.
  private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
    commandLine.getErr().println("tui-client: " + e.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
