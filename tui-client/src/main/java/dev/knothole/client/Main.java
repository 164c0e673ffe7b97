package dev.knothole.client;

import picocli.CommandLine;

/// Starts the client. Exit status: 0 after an orderly end, 1 after a run-time error, 2 after a
/// usage error, 128 + n when signal n ended it.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Arguments.commandLine().execute(args));
  }

  /// As the jar says; a build folder has no version.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"Knothole " + (version == null ? "(development)" : version)};
    }
  }
}
