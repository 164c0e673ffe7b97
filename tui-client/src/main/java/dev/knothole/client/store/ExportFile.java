package dev.knothole.client.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knothole.client.history.Message;
import dev.knothole.protocol.talk.PeerTalk.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// A chat as text that other programs read: a line for each message, with the time and who wrote
/// it; further lines of a message are indented.
final class ExportFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private ExportFile() {}

  /// The file that a user means.
  ///
  /// @param typed a leading `~/` is the home folder
  /// @throws IOException with a sentence for the user, when it is no name of a file
  static Path named(String typed) throws IOException {
    try {
      return typed.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), typed.substring(2))
          : Path.of(typed).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new IOException(typed + " is no name of a file.", e);
    }
  }

  /// Never over a file that is there, and either whole or not at all.
  ///
  /// @throws IOException with a sentence for the user
  static void write(Path file, List<Message> messages) throws IOException {
    var folder = Folders.of(file);
    try {
      Files.createFile(file, Folders.mode(folder, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " is there already. Choose another name.", e);
    } catch (NoSuchFileException e) {
      throw new IOException("There is no folder " + folder + ".", e);
    }
    try (var out = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.WRITE)) {
      for (var message : messages) {
        out.write(line(message));
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static String line(Message message) {
    String author = message.origin() instanceof Message.Origin.Ours ? "me" : message.chat().value();
    String mark = message.kind() == Kind.ACTION ? "* " + author + " " : author + ": ";
    String text = message.text().replace("\n", "\n    ");
    return TIME.format(message.at().atZone(ZoneId.systemDefault())) + "  " + mark + text + "\n";
  }
}
