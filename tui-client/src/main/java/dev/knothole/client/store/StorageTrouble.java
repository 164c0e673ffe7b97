package dev.knothole.client.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// What went wrong with a file, as a sentence that says what helps.
final class StorageTrouble {
  private StorageTrouble() {}

  static String sentence(Exception trouble) {
    return switch (trouble) {
      case SQLiteException e -> sentence(e);
      case SQLException e -> "The history cannot be used: " + e.getMessage() + ".";
      case AccessDeniedException e -> "You may not write to " + e.getFile() + ".";
      case IOException e -> String.valueOf(e.getMessage());
      default -> "The history cannot be used: " + trouble;
    };
  }

  private static String sentence(SQLiteException trouble) {
    // The low byte is the primary code; the rest only refines it.
    return switch (trouble.getResultCode().code & 0xFF) {
      case 13 -> "The disk is full. Nothing that was saved is lost; make room, and it goes on.";
      case 8 -> "The history may not be written to. Make its file and its folder writable.";
      case 5, 6 -> "Another program is using the history and did not let go of it.";
      case 11, 26 ->
          "The history is damaged. Move its file away to begin a new one; sqlite3 may recover it.";
      case 14 -> "The history cannot be opened. See that its folder is there and writable.";
      case 10 -> "The disk reports an error. Nothing that was saved before is lost.";
      default -> "The history cannot be used: " + trouble.getMessage() + ".";
    };
  }
}
