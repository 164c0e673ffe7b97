package dev.knothole.client.store;

import dev.knothole.protocol.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/// Where the program's files are (XDG Base Directory Specification 0.8).
///
/// @param config holds `config.toml`
/// @param state holds the log
/// @param data holds a folder for each name, see [Profile]
public record Folders(Path config, Path state, Path data) {
  private static final String NAME = "knothole";
  private static final long MAX_LOG_BYTES = 1 << 20;

  /// @param environment the variables of the process
  /// @param home the user's home folder
  public static Folders of(Map<String, String> environment, Path home) {
    return new Folders(
        base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve(NAME),
        base(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve(NAME),
        base(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve(NAME));
  }

  /// A relative path in these variables is to be ignored, says the specification.
  private static Path base(Map<String, String> environment, String variable, Path otherwise) {
    var path = Path.of(environment.getOrDefault(variable, ""));
    return path.isAbsolute() ? path : otherwise;
  }

  /// @throws NotDirectoryException when there is something else of this name
  public Folders withConfig(Path folder) throws NotDirectoryException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    return new Folders(folder, state, data);
  }

  public Path configFile() {
    return config.resolve("config.toml");
  }

  /// Where the identity and the history of this name are.
  public Profile profile(Username name) {
    return Profile.of(data, name);
  }

  public Path logFile() {
    return state.resolve("tui-client.log");
  }

  /// Where a file is.
  static Path of(Path file) {
    var absolute = file.toAbsolutePath();
    return Objects.requireNonNullElse(absolute.getParent(), absolute);
  }

  /// Makes a folder and its parents, for the user alone.
  static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
    restrict(folder, "rwx------");
  }

  static void restrict(Path path, String permissions) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /// Makes an empty log file for the user alone, unless it is there. A long one is put aside, in
  /// place of the one before.
  public void makeLogFile() throws IOException {
    makePrivate(state);
    if (Files.exists(logFile()) && Files.size(logFile()) > MAX_LOG_BYTES) {
      Files.move(logFile(), state.resolve("tui-client.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.notExists(logFile())) {
      Files.createFile(logFile(), mode(state, "rw-------"));
    }
    restrict(logFile(), "rw-------");
  }

  static FileAttribute<?>[] mode(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
