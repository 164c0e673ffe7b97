package dev.knothole.client;

import dev.knothole.client.app.OwnName;
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
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--name",
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
      description = "The local UDP port. Default: 0, any free one.")
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
    return new CommandLine(new Arguments())
        .setParameterExceptionHandler(Arguments::misused)
        .setExecutionExceptionHandler(Arguments::failed);
  }

  @Override
  public Integer call() throws Exception {
    var program = new Program(folders(), debug);
    return console
        ? program.console(settings())
        : program.fullScreen(placeholder(), this::settings);
  }

  /// What to show as our name before the configuration is read.
  private Username placeholder() {
    try {
      return OwnName.parse(name == null ? login() : name);
    } catch (IllegalArgumentException e) {
      return new Username("you");
    }
  }

  private static String login() {
    return System.getProperty("user.name", "");
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

  private Folders folders() throws IOException {
    // The JVM's own idea of the home folder comes from the user database, unlike other programs'.
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    var folders = Folders.of(System.getenv(), Path.of(home));
    return configDir == null ? folders : folders.withConfig(configDir);
  }

  private Settings settings() throws ConfigError, IOException {
    var file = folders().configFile();
    var config = ConfigFile.read(file);
    var chosen = name(file, config);
    return new Settings(
        chosen,
        relays(file, config),
        port(file, config),
        commands(),
        folders().profile(chosen),
        privacy(config));
  }

  private static Settings.Privacy privacy(Config config) {
    return new Settings.Privacy(
        Boolean.TRUE.equals(config.relayOnly()),
        Boolean.TRUE.equals(config.readReceipts()),
        Boolean.TRUE.equals(config.typing()));
  }

  private Username name(Path file, Config config) throws ConfigError {
    String configured = config.name();
    if (name == null && configured != null) {
      return configured(file, "name", () -> OwnName.parse(configured));
    }
    return option("--name", () -> OwnName.parse(name == null ? login() : name));
  }

  private List<RelayAddress> relays(Path file, Config config) throws ConfigError {
    var parsed = new ArrayList<RelayAddress>();
    for (var text : relays) {
      parsed.add(option("--relay", () -> RelayAddress.parse(text)));
    }
    if (parsed.isEmpty() && config.relays() != null) {
      for (var text : config.relays()) {
        parsed.add(configured(file, "relays", () -> RelayAddress.parse(text)));
      }
    }
    return parsed;
  }

  private int port(Path file, Config config) throws ConfigError {
    Integer chosen = port;
    Integer configured = config.port();
    if (chosen != null) {
      return option("--port", () -> validPort(chosen));
    }
    return configured == null ? 0 : configured(file, "port", () -> validPort(configured));
  }

  private static int validPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(port + " is not between 0 and 65535.");
    }
    return port;
  }

  private List<String> commands() {
    return connect == null ? List.of() : List.of("/connect " + connect);
  }

  private <T> T option(String option, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
    }
  }

  private static <T> T configured(Path file, String key, Supplier<T> parse) throws ConfigError {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw ConfigFile.wrong(file, key, String.valueOf(e.getMessage()));
    }
  }

  private static int misused(ParameterException e, String[] args) {
    return tell(e.getCommandLine(), e.getMessage() + "\nTry tui-client --help.", 2);
  }

  /// Whatever goes wrong at run time is one sentence for the user.
  private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
    return switch (e) {
      case ParameterException misuse -> misused(misuse, new String[0]);
      case ConfigError broken -> tell(commandLine, broken.getMessage(), 2);
      case FileSystemException file ->
          tell(commandLine, file.getFile() + " cannot be used: " + reason(file) + ".", 1);
      default -> tell(commandLine, String.valueOf(e.getMessage()), 1);
    };
  }

  private static String reason(FileSystemException e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getReason() == null
        ? kind.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
        : e.getReason();
  }

  private static int tell(CommandLine commandLine, @Nullable String sentence, int status) {
    commandLine.getErr().println("tui-client: " + sentence);
    return status;
  }
}
