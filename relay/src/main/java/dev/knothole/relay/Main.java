package dev.knothole.relay;

import dev.knothole.protocol.Endpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The relay as a program: arguments, signals and the log around a [RelayServer].
@Command(
    name = "relay",
    description = "Introduces Knothole peers to each other over UDP, and answers STUN.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:stopped in order", "1:cannot run", "2:wrong usage"})
public final class Main implements Callable<Integer> {
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + RelayServer.DEFAULT_PORT,
      description = "UDP port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port = RelayServer.DEFAULT_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Local IP address to listen on; may repeat (default: all, IPv4 and IPv6).")
  private List<InetAddress> bind = new ArrayList<>();

  @Option(
      names = "--expiry",
      paramLabel = "TIME",
      defaultValue = "12h",
      description =
          "Forget who sent nothing for so long: 90s, 30m, 12h, 7d (default: ${DEFAULT-VALUE}).")
  private Duration expiry = Rendezvous.Limits.DEFAULT.expiry();

  @Option(
      names = "--capacity",
      paramLabel = "COUNT",
      defaultValue = "1000000",
      description = "How many may be registered at once (default: ${DEFAULT-VALUE}).")
  private int capacity = Rendezvous.Limits.DEFAULT.capacity();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where the relay keeps its identity and whose each name is (default: the folder knothole"
              + " under $$XDG_STATE_HOME).")
  private @Nullable Path state;

  private volatile int exitCode = CommandLine.ExitCode.OK;

  private Main() {}

  public static void main(String... arguments) {
    logToTheConsole();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .registerConverter(Duration.class, Main::duration)
        .registerConverter(InetAddress.class, InetAddress::ofLiteral);
  }

  /// Not in a file of this jar, which the client has on its class path and which must not speak for
  /// the client. System properties, being the operator's, win.
  private static void logToTheConsole() {
    setUnlessGiven("writer", "console");
    setUnlessGiven("writer.format", "{date: yyyy-MM-dd HH:mm:ss} {level}: {message}");
    setUnlessGiven("level", "info");
    setUnlessGiven("autoshutdown", "false");
  }

  private static void setUnlessGiven(String key, String value) {
    if (System.getProperty("tinylog." + key) == null) {
      Configuration.set(key, value);
    }
  }

  static Duration duration(String text) {
    if (!text.matches("[1-9]\\d{0,8}[smhd]")) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not a time such as 90s, 30m, 12h or 7d");
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  @Override
  public Integer call() throws InterruptedException {
    var limits = limits();
    try (var file = RelayFile.open(stateFolder().resolve("relay.db"));
        var server = RelayServer.open(port, bind, limits, file)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server, file)));
      announce(server);
      report(server);
      return server.isClosed() ? exitCode : fail("The relay ended by itself.");
    } catch (BindException e) {
      return fail(whyNot(e));
    } catch (IOException e) {
      return fail("The relay cannot run: " + e.getMessage());
    }
  }

  /// As the XDG Base Directory Specification wants it.
  private Path stateFolder() {
    if (state != null) {
      return state;
    }
    var given = Path.of(System.getenv().getOrDefault("XDG_STATE_HOME", ""));
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    var base = given.isAbsolute() ? given : Path.of(home, ".local", "state");
    return base.resolve("knothole");
  }

  private Rendezvous.Limits limits() {
    if (port < 0 || port > 65535) {
      throw new ParameterException(spec.commandLine(), "The port has to be from 0 to 65535.");
    }
    try {
      return new Rendezvous.Limits(capacity, expiry);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private String whyNot(BindException e) {
    return String.valueOf(e.getMessage()).contains("in use")
        ? "UDP port %d is taken, perhaps by a relay that runs already: stop it or choose another --port."
            .formatted(port)
        : "Cannot listen on %s, UDP port %d: %s.".formatted(where(), port, e.getMessage());
  }

  private String where() {
    return bind.isEmpty()
        ? "any address"
        : bind.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }

  private int fail(String sentence) {
    spec.commandLine().getErr().println(sentence);
    exitCode = CommandLine.ExitCode.SOFTWARE;
    return exitCode;
  }

  private void announce(RelayServer server) {
    PrintWriter out = spec.commandLine().getOut();
    server.addresses().forEach(address -> out.println("listening on " + Endpoint.of(address)));
    out.flush();
  }

  private static void report(RelayServer server) throws InterruptedException {
    var last = server.traffic();
    while (!server.awaitEnd(BETWEEN_REPORTS)) {
      var traffic = server.traffic();
      if (!traffic.equals(last)) {
        Logger.info(traffic);
        last = traffic;
      }
    }
  }

  /// Runs when the program is asked to end. Left to itself the JVM would then report 128 + the
  /// number of the signal, which service scripts take for a crash.
  private void stop(RelayServer server, RelayFile file) {
    server.close();
    file.close();
    Logger.info("stopped: {}", server.traffic());
    Runtime.getRuntime().halt(exitCode);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"knothole relay " + (version == null ? "(development)" : version)};
    }
  }
}
